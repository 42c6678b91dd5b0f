'use client';

import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { readDocument } from '../live/answers';
import { NotLoaded } from '../ui/later';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import styles from './api-reference.module.css';
import type { ApiDocument, Reference as ReferenceOfRedoc } from './reference';

const ADDRESS = '/api/openapi.json';

const Waiting = () => (
  <div className={styles.waiting}>
    <Skeleton lines={8} />
  </div>
);

/** The nonce of the page's content policy: of the page that was loaded, also after going on from it. */
const nonceOfPage = (): string => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

/**
 * Loads Redoc under the content policy. styled-components takes the nonce from `__webpack_nonce__`. For the one style
 * element that Redoc adds while it loads there is no such way, so style elements that are made meanwhile get it here.
 */
async function loadReference(): Promise<typeof ReferenceOfRedoc> {
  const nonce = nonceOfPage();
  Object.assign(window, { __webpack_nonce__: nonce });
  document.createElement = new Proxy(document.createElement, {
    apply(create, self, given) {
      const element: unknown = Reflect.apply(create, self, given);
      if (element instanceof HTMLStyleElement) element.nonce = nonce;
      return element;
    },
  });
  try {
    return (await import('./reference')).Reference;
  } finally {
    // What the document has of its own hides the browser's function.
    Reflect.deleteProperty(document, 'createElement');
  }
}

type Loaded = { Reference: typeof ReferenceOfRedoc } | 'failed' | null;

/**
 * Redoc is large, so only this page loads it, once it is there. It is rendered in one go: in a lazy component React would
 * render it in slices and begin again with every other change of the page, which on a slow machine never ends.
 */
function useRedoc(): Loaded {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    loadReference().then(
      (Reference) => setLoaded({ Reference }),
      () => setLoaded('failed'),
    );
  }, []);
  return loaded;
}

/** The server describes its API with it. */
const readApi = (address: string) => readDocument(address) as Promise<ApiDocument>;

/** Every endpoint, from the OpenAPI document of this server. */
export function ApiReference() {
  const { data, error } = useSWR(ADDRESS, readApi, { revalidateIfStale: false, revalidateOnFocus: false });
  const loaded = useRedoc();
  if (error !== undefined) return <Notice tone="error">The OpenAPI document can’t be read. Reload the page.</Notice>;
  if (loaded === 'failed') return <NotLoaded />;
  return (
    <div className={styles.reference}>
      {data === undefined || loaded === null ? <Waiting /> : <loaded.Reference document={data} />}
    </div>
  );
}
