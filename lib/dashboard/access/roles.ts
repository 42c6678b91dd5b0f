import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Visitor } from '@/lib/auth/visitor';
import { processWide } from '@/lib/process-wide';
import { MINUTE_MS } from '@/lib/units';
import { withinOrNull } from '../process/waiting';
import { defaultRegion } from '../sources/regions';
import { openSources } from '../sources/sources';

const KEPT_USERS = 1_000;
const KEPT_MS = MINUTE_MS;
/** How long somebody waits for Keystone to tell their roles. */
const PATIENCE_MS = 3_000;

const known = () => processWide('roles', () => new LRUCache<string, string[]>({ max: KEPT_USERS, ttl: KEPT_MS }));

/** A visitor's roles on the dashboard's project, asked from Keystone at most once a minute; null if nobody can tell. */
export async function rolesOf({ roles, userId }: Visitor): Promise<string[] | null> {
  if (roles !== null || userId === null) return roles;
  const found = known().get(userId);
  if (found) return found;
  const asked = await withinOrNull(ask(userId), PATIENCE_MS);
  if (asked !== null) known().set(userId, asked);
  return asked;
}

async function ask(userId: string): Promise<string[] | null> {
  try {
    const { session } = await openSources(defaultRegion().id);
    const standing = await session.standing(userId);
    return standing.isEnabled ? standing.roles : [];
  } catch {
    // Its policy may keep this account from asking.
    return null;
  }
}
