import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '@/lib/process-wide';

/**
 * Until when an answer or a page must be complete, whatever it still waits for: everything that waits on behalf of a request
 * waits no longer than this, be it one reading or five after another.
 */
const ANSWER_MS = 13_000;

const storage = () => processWide('deadline', () => new AsyncLocalStorage<{ at: number } | null>());

/** The time runs from the first call on; inside of it another one changes nothing. */
export function withDeadline<T>(work: () => T): T {
  return storage().getStore() ? work() : storage().run({ at: performance.now() + ANSWER_MS }, work);
}

/** For work that others wait for, too: it takes the time it needs. */
export const withoutDeadline = <T>(work: () => T): T => storage().run(null, work);

/** Of `ms`, what the request under way has left. */
export function withinDeadline(ms: number): number {
  const deadline = storage().getStore();
  return deadline ? Math.max(0, Math.min(ms, deadline.at - performance.now())) : ms;
}
