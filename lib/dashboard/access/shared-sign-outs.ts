import 'server-only';
import type { SharedSignOuts } from '@/lib/auth/session-cookie';
import { sharedStore } from '../cache/shared-store';
import { log } from '../process/log';
import { withinOrNull } from '../process/waiting';

/** How long signing out may take, and checking for a sign-out. */
const ANNOUNCE_MS = 1_000;
const CHECK_MS = 250;

/**
 * Sign-outs that all replicas know of through the shared cache. While it is unavailable, each replica knows its own.
 */
export function openSharedSignOuts(url: string | undefined): SharedSignOuts | undefined {
  const store = sharedStore(url);
  if (store === null) return undefined;
  const nameOf = (id: string) => `session-ended:${id}`;
  return {
    async announce(id, keepMs) {
      const announced = store.mark(nameOf(id), Math.max(1, keepMs)).then(
        () => true,
        () => false,
      );
      if (!(await withinOrNull(announced, ANNOUNCE_MS)))
        log().warn('only this replica knows of a sign-out: the shared cache is unavailable');
    },
    async has(id) {
      const marked = store.isMarked(nameOf(id)).catch(() => false);
      return (await withinOrNull(marked, CHECK_MS)) ?? false;
    },
  };
}
