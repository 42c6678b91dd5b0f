import 'server-only';

/** Sent with the requests of a person who presses "Retry now": readings that fail are taken again before the answer. */
export const RETRY_HEADER = 'x-retry';

export const asksForRetry = (header: string | string[] | null | undefined): boolean => header === 'now';
