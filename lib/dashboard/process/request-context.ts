import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { processWide } from '@/lib/process-wide';

/** What belongs to the current request, from anywhere in the process. */
export type RequestContext = {
  id: string;
  /** Path and query. */
  address: string;
};

const storage = () => processWide('request-context', () => new AsyncLocalStorage<RequestContext>());

export function withRequest<T>(request: RequestContext, work: () => T): T {
  return storage().run(request, work);
}

/** null outside a request: at startup, or during a background refresh. */
export function currentRequestId(): string | null {
  return storage().getStore()?.id ?? null;
}

/** null outside a request. */
export const currentAddress = (): string | null => storage().getStore()?.address ?? null;

const PLAIN = /^[\w.:-]{1,100}$/;

/** The id that a proxy gave the request if it is safe to log, otherwise a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && PLAIN.test(given) ? given : randomUUID();
}
