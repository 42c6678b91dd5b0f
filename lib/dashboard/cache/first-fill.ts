import 'server-only';
import { formatCount } from '@/lib/format';
import type { Signal } from '../process/waiting';

/** How far the first fill of a slot is. */

/**
 * `done` of `of` rows, null if the total is unknown; `leftMs` is the time that the rest takes at the pace so far, null
 * before there is one.
 */
export type Progress = { done: number; of: number | null; since: number; leftMs: number | null };

/** A fill that is running. `begun`: its first report, or its end. */
export type Filling<T> = {
  done: Promise<void>;
  since: number;
  part?: { progress: Progress; value: T };
  /** The first report, from which on the pace counts. */
  firstReport?: { done: number; at: number };
  begun: Signal;
};

/** The expected total is approximate, so that more may have been read: it is never less than what was. */
export function progressOf(
  { done, of, since }: Omit<Progress, 'leftMs'>,
  first: { done: number; at: number },
  now: number,
): Progress {
  const total = of === null ? null : Math.max(of, done);
  const rows = done - first.done;
  const leftMs = total === null || rows <= 0 ? null : ((total - done) * (now - first.at)) / rows;
  return { done, of: total, since, leftMs };
}

export function stillReading(progress: Progress | undefined, counted: string): string {
  if (progress === undefined) return 'The first reading is still in progress.';
  const total = progress.of === null ? '' : ` of about ${formatCount(progress.of)}`;
  return `The first reading is still in progress: ${formatCount(progress.done)}${total} ${counted} so far.`;
}
