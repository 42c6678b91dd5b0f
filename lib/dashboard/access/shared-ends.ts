import 'server-only';
import type { SharedEnds } from '@/lib/auth/session-cookie';
import { sharedStore } from '../cache/shared-store';
import { log } from '../process/log';
import { withinOrNull } from '../process/waiting';

/** Signing out may take so long, and looking whether somebody has; ms. */
const TELL_MS = 1_000;
const LOOK_MS = 250;

/** Sign-outs that all replicas know of, through the cache that they share. While it is away each knows its own. */
export function openSharedEnds(url: string | undefined): SharedEnds | undefined {
  const store = sharedStore(url);
  if (store === null) return undefined;
  const nameOf = (id: string) => `session-ended:${id}`;
  return {
    async tell(id, keepMs) {
      const told = store.mark(nameOf(id), Math.max(1, keepMs)).then(
        () => true,
        () => false,
      );
      if (!(await withinOrNull(told, TELL_MS)))
        log().warn('a sign-out is known to this replica alone: the shared cache is away');
    },
    async has(id) {
      const marked = store.isMarked(nameOf(id)).catch(() => false);
      return (await withinOrNull(marked, LOOK_MS)) ?? false;
    },
  };
}
