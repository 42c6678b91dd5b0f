import { hkdfSync, randomUUID } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';

/** A session: who signed in, until when. It lives in the visitor's cookie alone, encrypted and bound to this server's secret. */
export type Session = { id: string; name: string; expiresAt: number };

export type SessionCookies = {
  /** The value of the cookie. `expiresAt` in ms. */
  seal(name: string, expiresAt: number): Promise<string>;
  /** null: not one of ours, changed, expired, or signed out. */
  open(value: string): Promise<Session | null>;
  /** From now on the session is none, until it would have ended anyway; for others who share the secret where `shared` knows it. */
  end(session: Session): Promise<void>;
};

/** What the processes of several replicas know of sessions that were ended. Neither throws nor takes long. */
export type SharedEnds = {
  tell(id: string, keepMs: number): Promise<void>;
  /** false also where nobody can say. */
  has(id: string): Promise<boolean>;
};

const ALGORITHM = { alg: 'dir', enc: 'A256GCM' } as const;
const AUDIENCE = 'watcher-visio session';
/** Cookies that were opened lately; opening one anew costs more than answering. */
const KEPT = 1_000;
/** So long after a look at what others know there is no other one; ms. */
const LOOK_AGAIN_MS = 5_000;

/** `lookedAt`: when it was last asked whether another process has ended it. */
type Known = Session & { lookedAt: number };

/** @param secret at least 32 characters */
export function openSessionCookies(secret: string, clock: () => number, shared?: SharedEnds): SessionCookies {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', AUDIENCE, 32));
  const opened = new Map<string, Known>();
  const ended = new Map<string, number>();
  const isOver = ({ id, expiresAt }: Session) => expiresAt <= clock() || ended.has(id);

  /** A session that another process has ended is ended here, too. */
  async function isEndedElsewhere(session: Known): Promise<boolean> {
    if (!shared || clock() - session.lookedAt < LOOK_AGAIN_MS) return false;
    session.lookedAt = clock();
    if (!(await shared.has(session.id))) return false;
    ended.set(session.id, session.expiresAt);
    return true;
  }

  async function decrypt(value: string): Promise<Known | null> {
    try {
      const { payload } = await jwtDecrypt(value, key, {
        audience: AUDIENCE,
        currentDate: new Date(clock()),
        keyManagementAlgorithms: [ALGORITHM.alg],
        contentEncryptionAlgorithms: [ALGORITHM.enc],
      });
      const { jti, sub, exp } = payload;
      if (!jti || !sub || !exp) return null;
      return { id: jti, name: sub, expiresAt: exp * 1000, lookedAt: Number.NEGATIVE_INFINITY };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  return {
    seal: (name, expiresAt) =>
      new EncryptJWT()
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
      for (const oldest of opened.keys()) {
        if (opened.size <= KEPT) break;
        opened.delete(oldest);
      }
      return session;
    },
    async end({ id, expiresAt }) {
      for (const [other, until] of ended) if (until <= clock()) ended.delete(other);
      ended.set(id, expiresAt);
      await shared?.tell(id, expiresAt - clock());
    },
  };
}
