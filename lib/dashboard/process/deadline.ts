import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '@/lib/process-wide';

/** An answer or a page is complete within this time, however many readings it has to wait for one after another. */
const ANSWER_MS = 13_000;

const storage = () => processWide('deadline', () => new AsyncLocalStorage<{ at: number } | null>());

/** The outermost call sets the deadline; nested calls keep it. */
export function withDeadline<T>(work: () => T): T {
  return storage().getStore() ? work() : storage().run({ at: performance.now() + ANSWER_MS }, work);
}

/** For work that others wait for too: it may take as long as it needs. */
export const withoutDeadline = <T>(work: () => T): T => storage().run(null, work);

/** `ms`, or what the current request has left if that is less. */
export function withinDeadline(ms: number): number {
  const deadline = storage().getStore();
  return deadline ? Math.max(0, Math.min(ms, deadline.at - performance.now())) : ms;
}
