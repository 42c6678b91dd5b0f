import { LRUCache } from 'lru-cache';
import type { Session } from './session-cookie';

type Tools = {
  /** Whether this user may still look; null if nobody can tell now. Does not throw, and does not take long. */
  mayStillLook(userId: string): Promise<boolean | null>;
  everyMs: number;
  clock: () => number;
};

/** `at`: when it was found, ms since the epoch. */
type Verdict = { isAllowed: boolean; at: number };

const KEPT_VERDICTS = 1_000;
/** After this part of the interval, what nobody could tell is asked again. */
const SOONER = 0.2;

/**
 * Whether the person of a session may still look. The sign-in counts as the first check, and each check holds for all
 * sessions of a user. While nobody can tell, what was known before holds.
 */
export function openSessionChecks({ mayStillLook, everyMs, clock }: Tools): (session: Session) => Promise<boolean> {
  const verdicts = new LRUCache<string, Verdict>({ max: KEPT_VERDICTS });
  const asking = new Map<string, Promise<boolean>>();

  async function ask(userId: string, before: Verdict): Promise<boolean> {
    const answer = await mayStillLook(userId);
    const at = answer === null ? clock() - everyMs * (1 - SOONER) : clock();
    const isAllowed = answer ?? before.isAllowed;
    verdicts.set(userId, { isAllowed, at });
    return isAllowed;
  }

  return async ({ userId, issuedAt }) => {
    const known = verdicts.get(userId);
    const newest = known && known.at > issuedAt ? known : { isAllowed: true, at: issuedAt };
    if (clock() - newest.at < everyMs) return newest.isAllowed;
    const running = asking.get(userId) ?? ask(userId, newest).finally(() => asking.delete(userId));
    asking.set(userId, running);
    return running;
  };
}
