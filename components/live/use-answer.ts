'use client';

import useSWR, { type SWRConfiguration, type SWRResponse } from 'swr';
import type { AuditDetail, AuditList } from '@/lib/contract/v1/audits';
import type { Sources } from '@/lib/contract/v1/sources';
import { ADDRESSES, type AnswerError, readAnswer } from './answers';

export type Live<T> = SWRResponse<T, AnswerError>;

/**
 * Nothing is asked for on focus or on a clock of its own: one tick refreshes all that is shown (`live-refresh.tsx`).
 * A failed request keeps the last answer; the next tick tries again.
 */
const QUIET: SWRConfiguration = {
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  shouldRetryOnError: false,
  dedupingInterval: 2_000,
};

/**
 * An answer of the typed API that stays up to date. `address` null asks for nothing. What the server sent with the page
 * is the `fallback`; it is not asked for again before the next tick.
 */
export function useAnswer<T>(address: string | null, fallback?: T, more: SWRConfiguration = {}): Live<T> {
  return useSWR<T, AnswerError>(address, readAnswer, {
    ...QUIET,
    fallbackData: fallback,
    // Another address asks at once, the page's own answer is still new.
    ...(fallback === undefined ? {} : { revalidateOnMount: false }),
    ...more,
  });
}

/** Whoever steps back to an audit sees what was read a moment ago; the next tick brings all up to date anyway. */
export const STAYS: SWRConfiguration = { dedupingInterval: 10_000 };

/** One audit by its id; `null` asks for nothing. */
export function useAudit(id: string | null, fallback?: AuditDetail): Live<AuditDetail> {
  return useAnswer(id === null ? null : ADDRESSES.audit(id), fallback, STAYS);
}

/** The newest audits; `wanted` false asks for nothing. */
export function useAuditList(limit: number, fallback?: AuditList, wanted = true): Live<AuditList> {
  return useAnswer(wanted ? ADDRESSES.audits(limit) : null, fallback);
}

/** Each service by itself, asked for on the clock of their probes. */
export function useSources(seconds: number, fallback?: Sources): Live<Sources> {
  return useAnswer(ADDRESSES.sources, fallback, {
    refreshInterval: seconds * 1000,
    revalidateOnMount: true,
  });
}
