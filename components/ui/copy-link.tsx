'use client';

import { useEffect, useState } from 'react';
import { withBase } from '@/lib/base-path';
import { Button } from './button';

/** How long the confirmation is shown. */
const SHOWN_MS = 3000;

type Props = {
  /** The path, if that in the address may lead to something else tomorrow. */
  path?: string;
  /** What is shown without the address naming it. */
  parameters?: Record<string, string>;
  label?: string;
};

/** Copies an address that shows the same tomorrow. If the browser refuses, a prompt shows the address instead. */
export function CopyLink({ path, parameters = {}, label = 'Copy link' }: Props) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    const link = new URL(window.location.href);
    if (path !== undefined) link.pathname = withBase(path);
    for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, value);
    const address = link.href;
    try {
      // Missing if the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(address);
      setDone(true);
    } catch {
      window.prompt('Copy this link', address);
    }
  }
  return (
    <>
      <Button icon={done ? 'check' : 'link'} onClick={copy}>
        {done ? 'Link copied' : label}
      </Button>
      <span role="status" className="visually-hidden">
        {done ? 'Link copied' : ''}
      </span>
    </>
  );
}
