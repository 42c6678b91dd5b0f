import { SourceError } from '@/lib/errors';
import { listFlavorsWithSpecs } from '@/lib/openstack/flavors';
import { listAggregates, listServerGroups } from '@/lib/openstack/nova-rules';
import { listProvidersWith } from '@/lib/openstack/placement-traits';
import type { Aggregate, Server, ServerFlavor, ServerGroup } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { collectLosses, describeLoss } from './losses';

/** A value, or the reason why it could not be read: an unknown rule must not look like a satisfied one. */
export type Part<T> = { value: T; reason: null } | { value: null; reason: string };

/** Rules for where a VM may go, apart from capacity. They rarely change and are rarely read. */
export type PlacingRules = {
  aggregates: Part<Aggregate[]>;
  groups: Part<ServerGroup[]>;
  /** For each trait that flavors in use mention, the ids of the hosts that have it. */
  traits: Part<Record<string, string[]>>;
};

/** All but aggregates, which much more is made from; and all flavors that people may choose from. */
export type FurtherRules = Omit<PlacingRules, 'aggregates'> & { flavors: Part<ServerFlavor[]> };

/** Each part is read separately, so that one failure does not affect the others. @param servers whose traits are read */
export async function readFurtherRules(session: Session, servers: Server[]): Promise<FurtherRules> {
  const flavors = await asPart(listFlavorsWithSpecs(session));
  // Traits of flavors that no VM has yet matter too.
  const sizes = [...servers, ...(flavors.value ?? []).map((flavor) => ({ flavor }))];
  const traits = [...new Set(sizes.flatMap(({ flavor }) => Object.keys(flavor?.extraSpecs ?? {}).flatMap(traitOf)))];
  const [groups, hosts] = await Promise.all([
    asCompletePart(session, listServerGroups),
    asCompletePart(session, (reader) =>
      Promise.all(traits.map(async (trait) => [trait, await listProvidersWith(reader, trait)] as const)),
    ),
  ]);
  return { groups, traits: hosts.value ? { value: Object.fromEntries(hosts.value), reason: null } : hosts, flavors };
}

export const readAggregates = (session: Session): Promise<Part<Aggregate[]>> => asCompletePart(session, listAggregates);

/** trait:CUSTOM_SSD, or trait1:CUSTOM_SSD in a numbered group. */
function traitOf(key: string): string[] {
  const found = /^trait[^:]*:(.+)$/.exec(key);
  return found?.[1] ? [found[1]] : [];
}

/** A rule that can't be read may forbid any move, so that the whole part is unknown then. */
async function asCompletePart<T>(session: Session, list: (reader: Session) => Promise<T>): Promise<Part<T>> {
  const { session: reader, losses } = collectLosses(session);
  const part = await asPart(list(reader));
  const [first, ...others] = losses();
  if (first === undefined || part.value === null) return part;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return { value: null, reason: `${describeLoss(first)}${more}.` };
}

export async function asPart<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await reading, reason: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { value: null, reason: error.message };
  }
}
