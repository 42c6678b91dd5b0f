import { type ReactNode, Suspense } from 'react';
import { Settle } from '@/components/live/settle';
import { withinOrNull } from '@/lib/dashboard/process/waiting';
import type { View } from '@/lib/dashboard/views/view';
import { isRefresh } from './is-refresh';
import { ProblemNotice } from './problem-notice';

/**
 * A view whose readings are there is made within this time, also of a large cloud: then the page is rendered at once and no
 * skeleton flashes. Shorter than what people take for a delay.
 */
export const PATIENCE_MS = 300;

type Props<T> = {
  /** The page's own path. */
  path: string;
  view: Promise<View<T>>;
  /** As high as the page will be. */
  fallback: ReactNode;
  /** Stands above the message where the source has no data. */
  heading: ReactNode;
  children: (data: T, now: number) => ReactNode;
};

/** A whole page that waits for one answer. */
export async function Awaiting<T>(props: Props<T>) {
  if ((await isRefresh(props.path)) || (await withinOrNull(props.view, PATIENCE_MS)) !== null)
    return <Loaded {...props} />;
  return (
    <Suspense fallback={props.fallback}>
      <Loaded {...props} />
      <Settle />
    </Suspense>
  );
}

async function Loaded<T>({ view, fallback, heading, children }: Props<T>) {
  const loaded = await view;
  if (loaded.ok) return children(loaded.data, Date.now());
  if (loaded.problem.isReading) return fallback;
  return (
    <>
      {heading}
      <ProblemNotice problem={loaded.problem} />
    </>
  );
}
