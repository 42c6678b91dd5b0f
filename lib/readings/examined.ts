import { type Source, SourceError, type SourceErrorKind, type Tried } from '@/lib/errors';

/** What a service's failure was, so that one cause is reported once. */
type Failure = { source: Source; kind: SourceErrorKind; tried: Tried | null };

/** A value, or why it could not be read; without a failure, because something before it could not be read. */
export type Examined<T> =
  | { value: T; reason: null; failure: null }
  | { value: null; reason: string; failure: Failure | null };

/** @throws whatever is no failure of a service */
export async function attempt<T>(reading: Promise<T>): Promise<Examined<T>> {
  try {
    return { value: await reading, reason: null, failure: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { source, kind, tried, message } = error;
    return { value: null, reason: message, failure: { source, kind, tried } };
  }
}

/** It was not tried, as it needs something else. */
export const notTried = (reason: string): Examined<never> => ({ value: null, reason, failure: null });
