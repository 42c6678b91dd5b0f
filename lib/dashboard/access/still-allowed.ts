import 'server-only';
import { hasRole } from '@/lib/auth/identify';
import { openSessionChecks } from '@/lib/auth/session-checks';
import type { Session } from '@/lib/auth/session-cookie';
import type { Env } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { MINUTE_MS } from '@/lib/units';
import { describeError, log } from '../process/log';
import { withinOrNull } from '../process/waiting';
import { defaultRegion } from '../sources/regions';
import { openSources } from '../sources/sources';

/** How long a request waits for Keystone to say whether its session is still good. */
const PATIENCE_MS = 3_000;

/** Whether Keystone still has the person of a session as a user with one of the roles; true if it can't say. */
export function openStillAllowed(env: Env): (session: Session) => Promise<boolean> {
  if (env.AUTH_CHECK_MINUTES === 0) return async () => true;
  let hasWarned = false;

  async function ask(userId: string): Promise<boolean | null> {
    try {
      const { session } = await openSources(defaultRegion().id);
      const standing = await session.standing(userId);
      return standing.isEnabled && hasRole(standing.roles, env.AUTH_ROLES);
    } catch (error) {
      const isPolicy = error instanceof SourceError && error.kind === 'forbidden';
      if (!isPolicy || !hasWarned) log().warn(describeError(error), 'sessions could not be checked with Keystone');
      hasWarned ||= isPolicy;
      return null;
    }
  }

  return openSessionChecks({
    mayStillLook: (userId) => withinOrNull(ask(userId), PATIENCE_MS),
    everyMs: env.AUTH_CHECK_MINUTES * MINUTE_MS,
    clock: Date.now,
  });
}
