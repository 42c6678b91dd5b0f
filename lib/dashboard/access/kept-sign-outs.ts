import 'server-only';
import type { KeptSignOuts } from '@/lib/auth/session-cookie';
import type { Env } from '@/lib/env';
import { sharedStore } from '../cache/shared-store';
import { log } from '../process/log';
import { withinOrNull } from '../process/waiting';
import { theStore } from '../sources/store';

/** How long signing out may take, and checking for a sign-out. */
const ANNOUNCE_MS = 1_000;
const CHECK_MS = 250;

/**
 * Sign-outs in the store, if there is one, and in the shared cache, which may forget them. undefined if there is neither: then
 * each process knows its own, and a restart forgets them.
 */
export function openKeptSignOuts(env: Env): KeptSignOuts | undefined {
  const places = [inStore(), inSharedCache(env.CACHE_URL)].filter((place) => place !== undefined);
  if (places.length === 0) return undefined;
  return {
    async announce(id, expiresAt) {
      await Promise.all(places.map((place) => place.announce(id, expiresAt)));
    },
    async has(id) {
      const answers = await Promise.all(places.map((place) => place.has(id)));
      return answers.includes(true) || (answers[0] ?? null);
    },
  };
}

function inStore(): KeptSignOuts | undefined {
  const store = theStore();
  if (store === null) return undefined;
  const { endedSessions } = store;
  return {
    announce: (id, expiresAt) =>
      announced(endedSessions.add(id, expiresAt), 'a sign-out could not be stored: a restart forgets it'),
    has: (id) => known(endedSessions.has(id)),
  };
}

function inSharedCache(url: string | undefined): KeptSignOuts | undefined {
  const cache = sharedStore(url);
  if (cache === null) return undefined;
  const nameOf = (id: string) => `session-ended:${id}`;
  return {
    announce: (id, expiresAt) =>
      announced(
        cache.mark(nameOf(id), Math.max(1, expiresAt - Date.now())),
        'replicas do not know of a sign-out: the shared cache is unavailable',
      ),
    has: (id) => known(cache.isMarked(nameOf(id))),
  };
}

async function announced(work: Promise<void>, warning: string): Promise<void> {
  const isDone = work.then(
    () => true,
    () => false,
  );
  if (!(await withinOrNull(isDone, ANNOUNCE_MS))) log().warn(warning);
}

const known = (work: Promise<boolean>): Promise<boolean | null> =>
  withinOrNull(
    work.catch(() => null),
    CHECK_MS,
  );
