import type { Hypervisor } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import { compareNames } from '@/lib/sort';
import { collectNames, hostNamed, hostsNamed, type NameMatch, withoutPort } from './host-names';
import { type HostRecords, listHostRecords } from './host-records';
import { openClaims } from './target-claims';
import { type Contest, contest, type HostConflict } from './target-contest';

/** Finds the compute host (Nova's service host) that a name stands for, whichever name a service uses. */
export type HostIndex = {
  /** Service hosts in natural order. */
  hosts: string[];
  /** Nova's records of each host. */
  records: HostRecords[];
  /** Aliases from the settings that name no host. */
  unknownAliases: { name: string; host: string }[];
  /** The cloud's region; labels of targets may repeat it. */
  region: string | null;
  /**
   * The service host for a name that OpenStack uses: host name, FQDN, short name, hypervisor uuid or address; undefined if
   * there is none, or if it is not certain.
   */
  resolve(name: string): string | undefined;
  /** The hosts that an exporter may mean by a name, the most likely first. Aliases go before everything. */
  resolveTarget(name: string): NameMatch[];
};

/**
 * Builds the index from Nova's hypervisors. Full names (service host, hypervisor name, uuid, address) take precedence over
 * names cut at the first dot. A name that matches two hosts matches none.
 *
 * @param aliases explicit "name an exporter uses" -> any name of a host, from the settings
 */
export function buildHostIndex(
  hypervisors: Hypervisor[],
  aliases: Record<string, string> = {},
  region: string | null = null,
): HostIndex {
  const records = listHostRecords(hypervisors);
  const names = collectNames(records.flatMap(({ kept, others }) => [kept, ...others]));
  const states = new Map(records.map(({ host, kept }) => [host, kept.state]));
  const isUp = (host: string) => states.get(host) !== 'down';
  const known = new Map<string, string>();
  const unknownAliases: HostIndex['unknownAliases'] = [];
  for (const [name, wanted] of Object.entries(aliases)) {
    const host = hostNamed(names, wanted);
    if (host === undefined) unknownAliases.push({ name, host: wanted });
    else known.set(name.toLowerCase(), host);
  }
  const aliased = (name: string) => known.get(name.toLowerCase()) ?? known.get(withoutPort(name).toLowerCase());
  function matchesOf(name: string): NameMatch[] {
    const alias = aliased(name);
    if (alias !== undefined) return [{ host: alias, certainty: 'unique' }];
    const whole = hostsNamed(names, name, isUp);
    return whole.length > 0 ? whole : hostsNamed(names, withoutPort(name), isUp);
  }
  /** The targets of every plan's past have the same names. */
  const resolved = new Map<string, NameMatch[]>();
  return {
    hosts: records.map(({ host }) => host),
    records,
    unknownAliases,
    region,
    // Names that Nova itself uses must not change their meaning by an alias for exporters.
    resolve: (name) => hostNamed(names, name) ?? aliased(name),
    resolveTarget(name) {
      const found = resolved.get(name) ?? matchesOf(name);
      resolved.set(name, found);
      return found;
    },
  };
}

export type MappedTargets = Omit<Contest, 'losers'> & {
  /** Targets of other machines that answer to the name of a host as well. */
  rivals: Contest['losers'];
  /** Targets of other regions, where a label repeats the region. */
  foreign: NodeTarget[];
  /** Targets that belong to no compute host (controllers, monitoring nodes), by a name of theirs. */
  unmapped: string[];
};

/**
 * Decides which compute host each node_exporter target reports: by its labels in the given order, then its nodename, then
 * labels that tell machines apart. A host gets a target only if it is certain that they are one machine.
 */
export function mapTargets(targets: NodeTarget[], index: HostIndex, hostLabels: string[]): MappedTargets {
  const all = mapAll(targets, index, hostLabels);
  const label = regionLabel(all.conflicts, index.region);
  if (label === null) return { ...all, foreign: [] };
  const isOwn = ({ labels }: NodeTarget) => isSameText(labels[label], index.region);
  const foreign = targets.filter((target) => !isOwn(target));
  return { ...mapAll(targets.filter(isOwn), index, hostLabels), foreign };
}

function mapAll(targets: NodeTarget[], index: HostIndex, hostLabels: string[]): Omit<MappedTargets, 'foreign'> {
  const claimants = openClaims(targets, index.resolveTarget, hostLabels);
  const { losers, duplicates, ...rest } = contest(claimants);
  const unmapped = claimants.filter(({ claims }) => claims.length === 0).map(({ title }) => title);
  return {
    ...rest,
    duplicates: duplicates.sort(compareNames),
    rivals: losers,
    unmapped: unmapped.sort(compareNames),
  };
}

/** A label that tells machines in conflict apart, and has the name of the region for some of them. */
function regionLabel(conflicts: Map<string, HostConflict>, region: string | null): string | null {
  for (const { labels, machines } of region === null ? [] : conflicts.values()) {
    const label = labels.find((name) => machines.some((target) => isSameText(target.labels[name], region)));
    if (label !== undefined) return label;
  }
  return null;
}

const isSameText = (a: string | undefined, b: string | null): boolean => a?.toLowerCase() === b?.toLowerCase();
