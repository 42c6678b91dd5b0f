import type { Hypervisor } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import { compareNames } from '@/lib/sort';

/** Finds the compute host (Nova's service host) that a name stands for, whichever name a service uses. */
export type HostIndex = {
  /** Service hosts in natural order. */
  hosts: string[];
  /** The service host for a host name, FQDN, short name, hypervisor uuid or address; undefined if none or ambiguous. */
  resolve(name: string): string | undefined;
};

/** Nova lists ironic nodes as hypervisors too, but they are not hosts that VMs share. */
export function isComputeHost(hypervisor: Hypervisor): boolean {
  return hypervisor.type.toLowerCase() !== 'ironic';
}

/**
 * Builds the index from Nova's hypervisors. Full names (service host, hypervisor name, uuid, address) take precedence over
 * names cut at the first dot. A name that matches two hosts matches none.
 *
 * @param aliases service hosts by other names, from the settings; they take precedence over everything
 */
export function buildHostIndex(hypervisors: Hypervisor[], aliases: Record<string, string> = {}): HostIndex {
  const computes = hypervisors.filter(isComputeHost);
  const full = new Map<string, string | null>();
  const short = new Map<string, string | null>();
  for (const { host, hypervisorHostname, id, hostIp } of computes) {
    for (const name of [host, hypervisorHostname, id, hostIp]) if (name) claim(full, name, host);
    for (const name of [host, hypervisorHostname]) claim(short, shortName(name), host);
  }
  for (const [name, host] of Object.entries(aliases)) full.set(name.toLowerCase(), host);
  const lookUp = (name: string) => {
    const key = name.toLowerCase();
    const exact = full.get(key);
    return exact === undefined ? short.get(key) : exact;
  };
  return {
    hosts: [...new Set(computes.map(({ host }) => host))].sort(compareNames),
    resolve: (name) => lookUp(name) ?? lookUp(shortName(name)) ?? undefined,
  };
}

function claim(names: Map<string, string | null>, name: string, host: string): void {
  const key = name.toLowerCase();
  const owner = names.get(key);
  names.set(key, owner === undefined || owner === host ? host : null);
}

/** The part before the first dot; addresses are kept whole. */
function shortName(name: string): string {
  return isAddress(name) ? name : (name.split('.', 1)[0] ?? name);
}

function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':');
}

/** "[fd00::5]:9100" and "10.0.0.5:9100" without their port. */
function withoutPort(value: string): string {
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(value);
  if (bracketed?.[1]) return bracketed[1];
  return /^[^:]+:\d+$/.test(value) ? value.slice(0, value.lastIndexOf(':')) : value;
}

export type MappedTargets = {
  /** One target per service host. */
  hosts: Map<string, NodeTarget>;
  /** Names of targets that belong to no compute host, such as controllers. */
  unmapped: string[];
  /** Hosts with more than one target. */
  duplicates: string[];
};

/**
 * Matches node_exporter targets to compute hosts: by their labels in the given order, then by nodename. If a host has two
 * targets, the one that measures is used, then the one with more CPUs.
 */
export function mapTargets(targets: NodeTarget[], index: HostIndex, hostLabels: string[]): MappedTargets {
  const hosts = new Map<string, NodeTarget>();
  const unmapped: string[] = [];
  const duplicates = new Set<string>();
  for (const target of targets) {
    const names = [...hostLabels.map((label) => target.labels[label]), target.nodename].filter((name): name is string =>
      Boolean(name),
    );
    const host = firstResolved(names, index);
    if (host === undefined) {
      unmapped.push(names[0] ?? 'a target without labels');
      continue;
    }
    const other = hosts.get(host);
    if (other) duplicates.add(host);
    if (!other || isBetter(target, other)) hosts.set(host, target);
  }
  return { hosts, unmapped: unmapped.sort(compareNames), duplicates: [...duplicates].sort(compareNames) };
}

function firstResolved(names: string[], index: HostIndex): string | undefined {
  for (const name of names) {
    const host = index.resolve(name) ?? index.resolve(withoutPort(name));
    if (host !== undefined) return host;
  }
  return undefined;
}

function isBetter(a: NodeTarget, b: NodeTarget): boolean {
  if ((a.idleShare === null) !== (b.idleShare === null)) return a.idleShare !== null;
  return (a.cpus ?? 0) > (b.cpus ?? 0);
}
