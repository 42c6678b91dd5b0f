import { hkdfSync, randomUUID } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { LRUCache } from 'lru-cache';

/**
 * Who signed in, when, and until when, in ms since the epoch. A session exists only in the visitor's cookie, encrypted with this server's secret.
 */
export type Session = { id: string; name: string; userId: string; issuedAt: number; expiresAt: number };

export type SessionCookies = {
  /** The value of a new cookie. `userId`: Keystone's. `expiresAt`: ms since the epoch. */
  seal(person: { name: string; userId: string }, expiresAt: number): Promise<string>;
  /** null if the value is foreign, altered, expired or signed out. */
  open(value: string): Promise<Session | null>;
  /** Makes the session invalid, also after a restart and for replicas if there are `kept` sign-outs. */
  end(session: Session): Promise<void>;
};

/** Sign-outs that outlive this process, or that replicas share. Neither function throws or takes long. */
export type KeptSignOuts = {
  /** @param expiresAt ms since the epoch; nobody asks about the session later */
  announce(id: string, expiresAt: number): Promise<void>;
  /** null if it can't be told now. */
  has(id: string): Promise<boolean | null>;
};

const ALGORITHM = { alg: 'dir', enc: 'A256GCM' } as const;
const AUDIENCE = 'watcher-visio session';
/** Decrypted cookies to keep: decrypting one costs more than answering. */
const KEPT_COOKIES = 1_000;
/** How often others are asked about one session. */
const CHECK_EVERY_MS = 5_000;

/** `checkedAt`: when others were last asked about it. */
type Known = Session & { checkedAt: number };

export type SessionOptions = {
  /** The longest a session lasts from its issue, whatever its cookie says. */
  longestMs: number;
  kept?: KeptSignOuts;
};

/** Replicas' clocks differ a little; a cookie from further in the future was not issued by this server. */
const CLOCK_SKEW_MS = 60_000;

/** @param secret at least 32 characters */
export function openSessionCookies(
  secret: string,
  clock: () => number,
  { longestMs, kept }: SessionOptions,
): SessionCookies {
  const startedAt = clock();
  const key = new Uint8Array(hkdfSync('sha256', secret, '', AUDIENCE, 32));
  const opened = new LRUCache<string, Known>({ max: KEPT_COOKIES });
  // Not bounded by number: a sign-out must not be forgotten before its session would have expired.
  const ended = new Map<string, number>();
  const isOver = ({ id, expiresAt }: Session) => expiresAt <= clock() || ended.has(id);

  /**
   * Whether it was signed out in another process or before a restart. While nobody can tell, sessions of before the start are
   * refused, since this process knows of all sign-outs after it.
   */
  async function isEndedElsewhere(session: Known): Promise<boolean> {
    if (!kept || clock() - session.checkedAt < CHECK_EVERY_MS) return false;
    session.checkedAt = clock();
    const isEnded = await kept.has(session.id);
    if (isEnded === null) return session.issuedAt < startedAt;
    if (isEnded) ended.set(session.id, session.expiresAt);
    return isEnded;
  }

  async function decrypt(value: string): Promise<Known | null> {
    try {
      const { payload } = await jwtDecrypt(value, key, {
        audience: AUDIENCE,
        currentDate: new Date(clock()),
        keyManagementAlgorithms: [ALGORITHM.alg],
        contentEncryptionAlgorithms: [ALGORITHM.enc],
      });
      const { jti, sub, iat, exp, uid } = payload;
      if (!jti || !sub || !iat || !exp || typeof uid !== 'string' || iat * 1000 > clock() + CLOCK_SKEW_MS) return null;
      const expiresAt = Math.min(exp * 1000, iat * 1000 + longestMs);
      return { id: jti, name: sub, userId: uid, expiresAt, issuedAt: iat * 1000, checkedAt: Number.NEGATIVE_INFINITY };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  return {
    seal: ({ name, userId }, expiresAt) =>
      new EncryptJWT({ uid: userId })
        .setProtectedHeader(ALGORITHM)
        .setAudience(AUDIENCE)
        .setSubject(name)
        .setJti(randomUUID())
        .setIssuedAt(Math.floor(clock() / 1000))
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .encrypt(key),
    async open(value) {
      const session = opened.get(value) ?? (await decrypt(value));
      if (session === null) return null;
      if (isOver(session) || (await isEndedElsewhere(session))) {
        opened.delete(value);
        return null;
      }
      opened.set(value, session);
      return session;
    },
    async end({ id, expiresAt }) {
      for (const [other, until] of ended) if (until <= clock()) ended.delete(other);
      ended.set(id, expiresAt);
      await kept?.announce(id, expiresAt);
    },
  };
}
