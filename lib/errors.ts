/** The services that the dashboard reads from. */
export const SOURCES = ['keystone', 'nova', 'placement', 'watcher', 'prometheus'] as const;
export type Source = (typeof SOURCES)[number];

/** Names of the services on screen and in messages. */
export const SOURCE_NAMES: Record<Source, string> = {
  keystone: 'Keystone',
  nova: 'Nova',
  placement: 'Placement',
  watcher: 'Watcher',
  prometheus: 'Prometheus',
};

export type SourceErrorKind =
  | 'config' // a setting is missing or contradicts another
  | 'network' // refused, reset, name not found, TLS
  | 'timeout' // no complete response in time
  | 'first-reading' // nothing fails, but nothing is complete yet
  | 'unauthorized' // 401: credentials or token refused
  | 'forbidden' // 403: a role is missing
  | 'http' // any other unsuccessful status
  | 'redirect' // to another origin, or too many
  | 'shape' // not JSON, or a field differs from the API reference
  | 'too-large' // over the size limit
  | 'missing' // not in the catalog, or no supported version
  | 'query'; // Prometheus rejected or failed the query

/** What a failed connection was to, without user, password and query, and the system's code for the failure. */
export type Tried = { address: string; code: string | null };

/**
 * The only error that clients throw. `message` is a sentence for people that names the service and what happened. It
 * never contains an address, secret, header or stack trace; those stay in `cause`, which never leaves the server. `tried` is
 * for the doctor only.
 */
export class SourceError extends Error {
  readonly source: Source;
  readonly kind: SourceErrorKind;
  /** HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** null if there was a response. */
  readonly tried: Tried | null;

  constructor(
    source: Source,
    kind: SourceErrorKind,
    message: string,
    options: { status?: number; cause?: unknown; tried?: Tried } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SourceError';
    this.source = source;
    this.kind = kind;
    this.status = options.status;
    this.tried = options.tried ?? null;
  }

  /**
   * Pages and routes are bundled separately, each with its own copy of this class, but share the cache. An error cached by
   * one bundle must still be a SourceError to the other.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'SourceError';
  }
}

/** Whether something is missing only because the very first reading is not complete: normal work, not a failure. */
export const isFirstReading = (error: unknown): boolean =>
  error instanceof SourceError && error.kind === 'first-reading';

/** A message that is safe to show for any thrown value: a SourceError's own, otherwise a generic one. */
export function publicMessage(error: unknown): string {
  return error instanceof SourceError ? error.message : 'An internal error occurred. The server log has details.';
}
