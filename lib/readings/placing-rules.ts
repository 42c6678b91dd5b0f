import { SourceError } from '@/lib/errors';
import { listAggregates, listServerGroups } from '@/lib/openstack/nova-rules';
import { listProvidersWith } from '@/lib/openstack/placement-traits';
import type { Aggregate, Server, ServerGroup } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';

/** A part that could be read, or why not: a rule that is not known must not look like one that is kept. */
export type Part<T> = { value: T; reason: null } | { value: null; reason: string };

/** What decides where a VM may be, beside room: it changes seldom, and is read seldom. */
export type PlacingRules = {
  aggregates: Part<Aggregate[]>;
  groups: Part<ServerGroup[]>;
  /** Ids of the hosts that have a trait, of each trait that flavors in use ask for. */
  traits: Part<Record<string, string[]>>;
};

/** Each part by itself: one that fails leaves the others. */
export async function readPlacingRules(session: Session, servers: Server[]): Promise<PlacingRules> {
  const traits = [...new Set(servers.flatMap(({ flavor }) => Object.keys(flavor?.extraSpecs ?? {}).flatMap(traitOf)))];
  const [aggregates, groups, hosts] = await Promise.all([
    asPart(listAggregates(session)),
    asPart(listServerGroups(session)),
    asPart(Promise.all(traits.map(async (trait) => [trait, await listProvidersWith(session, trait)] as const))),
  ]);
  return { aggregates, groups, traits: hosts.value ? { value: Object.fromEntries(hosts.value), reason: null } : hosts };
}

/** trait:CUSTOM_SSD, and trait1:CUSTOM_SSD of a numbered group. */
function traitOf(key: string): string[] {
  const found = /^trait[^:]*:(.+)$/.exec(key);
  return found?.[1] ? [found[1]] : [];
}

export async function asPart<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await reading, reason: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { value: null, reason: error.message };
  }
}
