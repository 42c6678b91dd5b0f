import { type ReactNode, Suspense } from 'react';
import { Settle } from '@/components/live/settle';
import { Notice } from '@/components/ui/notice';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import type { View } from '@/lib/dashboard/views/view';
import { isRefresh } from './is-refresh';

/** What is cached is there in less: then the page comes whole and no skeleton flashes. */
export const PATIENCE_MS = 60;

type Props<T> = {
  /** The page's own path. */
  path: string;
  view: Promise<View<T>>;
  /** As high as what will come. */
  fallback: ReactNode;
  /** Stands over the sentence of a source that has nothing. */
  heading: ReactNode;
  children: (data: T, now: number) => ReactNode;
};

/** A whole page that waits for one answer. */
export async function Awaiting<T>(props: Props<T>) {
  if ((await isRefresh(props.path)) || (await withinOrNull(props.view, PATIENCE_MS)) !== null)
    return <Come {...props} />;
  return (
    <Suspense fallback={props.fallback}>
      <Come {...props} />
      <Settle />
    </Suspense>
  );
}

async function Come<T>({ view, heading, children }: Props<T>) {
  const come = await view;
  if (come.ok) return children(come.data, Date.now());
  return (
    <>
      {heading}
      <Notice tone="error" role="alert">
        {come.problem.message}
      </Notice>
    </>
  );
}
