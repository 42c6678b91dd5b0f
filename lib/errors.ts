/** The services a number can come from. */
export const SOURCES = ['keystone', 'nova', 'placement', 'watcher', 'prometheus'] as const;
export type Source = (typeof SOURCES)[number];

/** What people call the services, on screen and in messages. */
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
  | 'timeout' // no complete answer in time
  | 'unauthorized' // 401: credentials or token refused
  | 'forbidden' // 403: the role is missing
  | 'http' // any other status that is not a success
  | 'redirect' // sent to another origin; not followed
  | 'shape' // not JSON, or a field is not what the API reference says
  | 'too-large' // the answer passes the size limit
  | 'missing' // the catalog has no such service, the version is not offered
  | 'query'; // Prometheus refused or failed the query

/**
 * The one error that leaves a client. `message` is a sentence for people: it names the service and what happened and
 * never holds an address, a secret, a header or a trace; those stay in `cause`, which never leaves the server.
 */
export class SourceError extends Error {
  readonly source: Source;
  readonly kind: SourceErrorKind;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | undefined;

  constructor(
    source: Source,
    kind: SourceErrorKind,
    message: string,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SourceError';
    this.source = source;
    this.kind = kind;
    this.status = options.status;
  }

  /**
   * Pages and routes are bundled apart, each with its own copy of this class, and share the cache's slots: an error that one
   * bundle put there is a SourceError to the other, too.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'SourceError';
  }
}

/** A sentence about any thrown value that is safe to show: a SourceError's own, else one that says nothing internal. */
export function publicMessage(error: unknown): string {
  return error instanceof SourceError ? error.message : 'An internal error happened; the log of the server has it.';
}
