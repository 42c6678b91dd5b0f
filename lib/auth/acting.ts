import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { HOUR_MS } from '../units';
import { type CheckCredentials, type CredentialRefusal, type Person, readCode } from './credentials';
import type { HeaderReader, Visitor } from './visitor';

/** A person's own Keystone token, for acts. It exists in this process only; the browser has a handle without meaning. */
export type ActingToken = {
  token: string;
  /** Whose Keystone issued it. */
  cloud: string;
  person: Pick<Person, 'id' | 'name' | 'domain' | 'roles'>;
  /** Until when any act may use it; ms since the epoch. */
  actsUntil: number;
  /** When Keystone stops accepting it. */
  expiresAt: number;
};

/** What somebody typed to act. `user` and `domain`: only for people whom Keystone does not know by their session. */
export type ActingForm = { user?: string; domain?: string; password: string; code?: string };

/** `other-user`: the credentials are right, but belong to somebody else. */
export type ActingRefusal = CredentialRefusal | 'other-user';

export type ActingSignIn =
  | { ok: true; handle: string; held: ActingToken }
  | {
      ok: false;
      refusal: ActingRefusal;
      retryAfterMs: number;
      /** Attempts left before a pause, where Keystone refused. */
      triesLeft?: number;
      error?: unknown;
    };

export type Acting = {
  signIn(headers: HeaderReader, visitor: Visitor, wanted: { form: ActingForm; cloud: string }): Promise<ActingSignIn>;
  /**
   * The token for an act by this visitor in a cloud; null if the password is needed again.
   *
   * @param run plan that this person started
   */
  tokenFor(handle: string | null, visitor: Visitor, wanted: { cloud: string; run?: string }): ActingToken | null;
  /** Keeps the token for acts on this run, such as stopping it, until the run or the token ends. */
  keepForRun(handle: string, run: string): void;
  /** Keeps the token that a program has sent for acts of this server on a run, in place of an earlier one. */
  keepSent(sent: Pick<ActingToken, 'token' | 'cloud' | 'person'>, run: string): void;
  endRun(run: string): void;
  /** A token that is kept for this run; null if none is, or it has ended. */
  tokenOfRun(run: string): ActingToken | null;
  /** Forgets a token. */
  end(handle: string): void;
  /** Forgets a token that a service no longer accepts, so that the password is asked for again. */
  endToken(token: string): void;
};

type Tools = {
  /** Asks the Keystone of a cloud. */
  checkIn(cloud: string): CheckCredentials;
  /** The cloud whose users visitors are; those of another have names and passwords of their own. */
  home(): string;
  /** How long further acts need no password; ms. */
  actMs: number;
  clock: () => number;
};

type Held = ActingToken & { visitor: string; runs: Set<string> };

const KEPT_TOKENS = 1_000;
/** Keystone and this server count seconds differently. */
const MARGIN_MS = 30_000;

/** Holds people's tokens for acts. */
export function openActing({ checkIn, home, actMs, clock }: Tools): Acting {
  const held = new LRUCache<string, Held>({ max: KEPT_TOKENS });

  function find(handle: string | null): Held | null {
    const found = handle === null ? undefined : held.get(handle);
    if (!found) return null;
    if (clock() < found.expiresAt && (clock() < found.actsUntil || found.runs.size > 0)) return found;
    if (handle !== null) held.delete(handle);
    return null;
  }

  function endRun(run: string): void {
    for (const [handle, one] of held.entries()) {
      one.runs.delete(run);
      // Nobody asks for it again by its handle.
      if (one.runs.size === 0 && clock() >= one.actsUntil) held.delete(handle);
    }
  }

  return {
    async signIn(headers, visitor, { form: { user, domain, password, code }, cloud }) {
      const userId = cloud === home() ? visitor.userId : null;
      const own = userId === null ? null : splitName(visitor.name);
      const checked = await checkIn(cloud)(headers, {
        user: own?.user ?? (user ?? '').trim(),
        userId,
        domain: own?.domain ?? ((domain ?? '').trim() || 'Default'),
        password,
        code: readCode(code),
      });
      if (!checked.ok) return checked;
      const { person, token } = checked;
      if (userId !== null && person.id !== userId) return { ok: false, refusal: 'other-user', retryAfterMs: 0 };
      const handle = randomBytes(32).toString('base64url');
      const expiresAt = clock() + Math.max(0, person.lifetimeMs - MARGIN_MS);
      const { id, name, domain: domainName, roles } = person;
      const entry: Held = {
        token,
        cloud,
        person: { id, name, domain: domainName, roles },
        // The act that the person is about to do comes first, whatever the setting.
        actsUntil: Math.min(expiresAt, clock() + Math.max(actMs, FIRST_ACT_MS)),
        expiresAt,
        visitor: visitor.name,
        runs: new Set(),
      };
      held.set(handle, entry);
      return { ok: true, handle, held: entry };
    },
    tokenFor(handle, visitor, { cloud, run }) {
      const found = find(handle);
      if (found === null || found.visitor !== visitor.name || found.cloud !== cloud) return null;
      const isForRun = run !== undefined && found.runs.has(run);
      return clock() < found.actsUntil || isForRun ? found : null;
    },
    keepForRun(handle, run) {
      find(handle)?.runs.add(run);
    },
    keepSent({ token, cloud, person }, run) {
      endRun(run);
      const handle = randomBytes(32).toString('base64url');
      const expiresAt = clock() + LONGEST_SENT_MS;
      held.set(handle, { token, cloud, person, actsUntil: 0, expiresAt, visitor: person.name, runs: new Set([run]) });
    },
    endRun,
    tokenOfRun(run) {
      const kept = [...held.entries()].filter(([, { runs }]) => runs.has(run)).map(([handle]) => find(handle));
      return kept.find((one) => one !== null) ?? null;
    },
    end(handle) {
      held.delete(handle);
    },
    endToken(token) {
      for (const [handle, one] of held.entries()) if (one.token === token) held.delete(handle);
    },
  };
}

/** Keystone ends it earlier where it is older; a request then says so. */
const LONGEST_SENT_MS = 24 * HOUR_MS;
/** Time to read the dialog to its end after the password was given. */
const FIRST_ACT_MS = 60_000;

/** User and domain of a name as `nameOf` writes it; only for counting attempts, which go by the name at sign-in. */
function splitName(name: string): { user: string; domain: string } {
  const at = name.lastIndexOf('@');
  return at < 1 ? { user: name, domain: 'Default' } : { user: name.slice(0, at), domain: name.slice(at + 1) };
}
