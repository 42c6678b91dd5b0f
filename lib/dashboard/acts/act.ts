import 'server-only';
import type { Refusal } from '@/lib/contract/v1/acts';
import { isRecord } from '@/lib/is-record';
import type { Session } from '@/lib/openstack/session';
import type { Write, Written } from '@/lib/openstack/writes/writer';
import type { Entry, OutcomeWord } from '@/lib/store/journal';
import type { ReadingName } from '../collect/reading-values';
import type { RegionId } from '../process/region';

/** What every act has in common. */

/** Who acts, as the journal records it. `token`: the person's own; null to act with this server's account. */
export type Actor = {
  person: string;
  userId: string | null;
  domain: string | null;
  address: string | null;
  identifiedBy: string;
  token: string | null;
};

export type Asked<Body> = { region: RegionId; params: Record<string, string>; body: Body };

/** What has become of an act. `requestIds`: of the services. */
export type Done = { outcome: OutcomeWord; detail: string; requestIds: string[] };

/** An act that was looked at, and not done yet. */
export type Prepared = {
  objectType: string;
  objectId: string;
  objectName: string;
  auditId: string | null;
  /** What the person saw and chose, and what the check found; for the journal. */
  request: unknown;
  checked: unknown;
  /** Why it must not be done, the hardest first. */
  refusals: Refusal[];
  /** Does it, once. Throws what the writing clients throw. */
  perform(write: Write, actor: Actor): Promise<Done>;
};

/** An act whose end is not known, as the journal has it. */
export type Unsettled = Pick<Entry, 'objectId' | 'request' | 'checked'>;

/** An act of one kind: a row of `ACTS`. */
export type Act<Body> = {
  name: string;
  /** Only one act at a time has the turn of it. */
  turn(asked: Asked<Body>): string;
  reason(body: Body): string;
  /** For which plan or run the person’s token is kept, once it is done: until that ends, or the token does. */
  keepsTokenFor?(entry: Pick<Entry, 'objectId' | 'request'>): string;
  /** Whether this server goes on acting in the person’s name once it is done, for which it needs the token of a program, too. */
  goesOn?: true;
  /** What to read again once it is done; plans and audits by default. */
  changes?: ReadingName[];
  /** `person`: who asks, for what an act writes into the cloud. */
  prepare(asked: Asked<Body> & { person: string }): Promise<Prepared>;
  /**
   * Whether it has happened, read from the cloud; for when nobody knows.
   *
   * @param isFinal whether the request can no longer arrive, so that what has not happened was not done
   * @throws SourceError
   */
  settle(session: Session, act: Unsettled, isFinal: boolean): Promise<Done>;
};

/** A part of a request that the journal keeps, as `prepare` wrote it; empty without one. */
export const partOfRequest = (request: unknown, name: string): string =>
  isRecord(request) && request[name] !== undefined ? String(request[name]) : '';

/** The request ids of what the services have answered, without those that send none. */
export const requestIdsOf = (...written: Pick<Written, 'requestId'>[]): string[] =>
  written.flatMap(({ requestId }) => requestId ?? []);

/** The act is refused: nothing was changed. */
export class ActRefused extends Error {
  readonly refusal: Refusal;
  /** null if the journal has no entry of it. */
  readonly actId: string | null;

  constructor(refusal: Refusal, actId: string | null = null) {
    super(refusal.text);
    this.name = 'ActRefused';
    this.refusal = refusal;
    this.actId = actId;
  }
}

/** An idempotency key came with another request before. */
export class KeyReused extends Error {
  constructor() {
    super('This Idempotency-Key was sent with another request within the last 24 hours. Make a new one for each act.');
    this.name = 'KeyReused';
  }
}

/** The journal can't be written, so nothing was done. */
export class NoJournal extends Error {
  constructor(cause: unknown) {
    super('The journal can’t be written, so nothing was changed.', { cause });
    this.name = 'NoJournal';
  }
}
