import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { processWide } from '@/lib/process-wide';

/** What belongs to the request under way, wherever in the process it is asked for. */
export type RequestContext = { id: string };

const storage = () => processWide('request-context', () => new AsyncLocalStorage<RequestContext>());

export function withRequest<T>(id: string, work: () => T): T {
  return storage().run({ id }, work);
}

/** null outside of any request: at the start, or while data is refreshed for nobody in particular. */
export function currentRequestId(): string | null {
  return storage().getStore()?.id ?? null;
}

const PLAIN = /^[\w.:-]{1,100}$/;

/** The id that a proxy gave the request, if it is fit for a log, else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && PLAIN.test(given) ? given : randomUUID();
}
