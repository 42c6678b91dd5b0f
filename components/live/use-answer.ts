'use client';

import useSWR, { type SWRConfiguration, type SWRResponse } from 'swr';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { Sources } from '@/lib/contract/v1/sources';
import { ADDRESSES, type AnswerError, readAnswer } from './answers';

export type Live<T> = SWRResponse<T, AnswerError>;

/**
 * SWR requests nothing on its own: one tick refreshes everything (`live-refresh.tsx`). After a failed request the last
 * answer stays, and the next tick retries.
 */
const QUIET: SWRConfiguration = {
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  shouldRetryOnError: false,
  dedupingInterval: 2_000,
};

/**
 * An answer of the typed API, kept up to date. A null `address` requests nothing. `fallback` is what came with the
 * page; it is not requested again before the next tick.
 */
export function useAnswer<T>(address: string | null, fallback?: T, more: SWRConfiguration = {}): Live<T> {
  return useSWR<T, AnswerError>(address, readAnswer, {
    ...QUIET,
    fallbackData: fallback,
    // The page's own answer is still fresh; another address is requested immediately.
    ...(fallback === undefined ? {} : { revalidateOnMount: false }),
    ...more,
  });
}

/** Going back to an audit shows its last answer without a request; the next tick refreshes it anyway. */
export const STAYS: SWRConfiguration = { dedupingInterval: 10_000 };

/** One audit by its id; null requests nothing. */
export function useAudit(id: string | null, fallback?: AuditDetail): Live<AuditDetail> {
  return useAnswer(id === null ? null : ADDRESSES.audit(id), fallback, STAYS);
}

/** The status of every service, at the interval of their health checks. */
export function useSources(seconds: number, fallback?: Sources): Live<Sources> {
  return useAnswer(ADDRESSES.sources, fallback, {
    refreshInterval: seconds * 1000,
    revalidateOnMount: true,
  });
}
