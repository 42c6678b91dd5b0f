import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { networkLimits } from './network-limits';
import { type Limit, openThrottle } from './throttle';
import { openTurns } from './turns';
import type { Visitor } from './visitor';

/** Too many tokens from one network were refused. */
export class TooManyAttempts extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Too many tokens from this network were refused.');
    this.name = 'TooManyAttempts';
    this.retryAfterMs = retryAfterMs;
  }
  /** Pages and routes have their own copy of this class and share access control. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'TooManyAttempts';
  }
}

/** How long the answer about a valid or refused token holds. */
const VALID_MS = 60_000;
const REFUSED_MS = 10_000;
const KEPT_ANSWERS = 1_000;
/** Questions from one client at a time, by the width of its network; they may still turn out to be about refused tokens. */
const MAX_ASKING = { narrow: 4, wide: 16 };

type Tools = {
  /** Who may look with this token; null for nobody. May throw, for example if Keystone fails. */
  visitorOf(token: string): Promise<Visitor | null>;
  clock: () => number;
};

/**
 * Asks about a token once a minute, not with every request, and once for all requests that wait; about a refused one more
 * often. Refused tokens are counted, so that nobody can go through many, or flood Keystone through us.
 *
 * @returns a function that returns the holder, or null for a token that gives no access. It throws
 * TooManyAttempts, or what `visitorOf` throws
 */
export function openTokenHolders({ visitorOf, clock }: Tools) {
  const valid = new LRUCache<string, { visitor: Visitor; until: number }>({ max: KEPT_ANSWERS });
  // Apart, so that tokens of strangers drop no answers about valid ones.
  const refused = new LRUCache<string, { until: number }>({ max: KEPT_ANSWERS });
  const asking = new Map<string, Promise<Visitor | null>>();
  const throttle = openThrottle(clock);
  const takeNarrowTurn = openTurns(MAX_ASKING.narrow);
  const takeWideTurn = openTurns(MAX_ASKING.wide);
  const takeTurn = <T>(limits: Limit[], work: () => Promise<T>): Promise<T> =>
    takeNarrowTurn(limits[0]?.key ?? '', () => takeWideTurn(limits.at(-1)?.key ?? '', work));

  async function ask(token: string, key: string, limits: Limit[]): Promise<Visitor | null> {
    const refuseIfFull = () => {
      const wait = throttle.waitFor(limits);
      if (wait > 0) throw new TooManyAttempts(wait);
    };
    refuseIfFull();
    return takeTurn(limits, async () => {
      // Others may have filled the count in the meantime.
      refuseIfFull();
      const visitor = await visitorOf(token);
      if (visitor === null) {
        throttle.attempt(limits);
        refused.set(key, { until: clock() + REFUSED_MS });
      } else valid.set(key, { visitor, until: clock() + VALID_MS });
      return visitor;
    });
  }

  return async (token: string, client: string | null): Promise<Visitor | null> => {
    const key = createHash('sha256').update(token).digest('base64');
    const known = valid.get(key);
    if (known && known.until > clock()) return known.visitor;
    if ((refused.get(key)?.until ?? 0) > clock()) return null;
    const running = asking.get(key);
    if (running) return running;
    const asked = ask(token, key, networkLimits(client ?? 'unknown')).finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  };
}
