import type { Hypervisor } from '@/lib/openstack/records';

/** The names that Nova's compute hosts go by, in any case, and the hosts that each stands for. */
export type HostNames = {
  /** Names in full: service host, hypervisor name, uuid, address. */
  full: Map<string, Set<string>>;
  /** Names up to their first dot. */
  short: Map<string, Set<string>>;
};

export function collectNames(hypervisors: Hypervisor[]): HostNames {
  const names: HostNames = { full: new Map(), short: new Map() };
  for (const { host, hypervisorHostname, id, hostIp } of hypervisors) {
    for (const name of [host, hypervisorHostname, id, hostIp]) if (name) claim(names.full, name, host);
    for (const name of [host, hypervisorHostname]) claim(names.short, shortName(name), host);
  }
  return names;
}

function claim(names: Map<string, Set<string>>, name: string, host: string): void {
  const key = name.toLowerCase();
  names.set(key, (names.get(key) ?? new Set()).add(host));
}

const onlyOne = (hosts: Iterable<string> | undefined): string | undefined => {
  const all = [...(hosts ?? [])];
  return all.length === 1 ? all[0] : undefined;
};

/** The host that OpenStack means by a name. A full name goes before a short one; one that stands for two stands for none. */
export function hostNamed({ full, short }: HostNames, name: string): string | undefined {
  const lookUp = (text: string) => {
    const key = text.toLowerCase();
    return onlyOne(full.get(key) ?? short.get(key));
  };
  return lookUp(name) ?? lookUp(shortName(name));
}

/** How certain it is that a name means a host: no other machine anywhere has it; another one may; only the first part fits. */
export type Certainty = 'unique' | 'exact' | 'alike';

/** A host that an exporter may mean by a name. */
export type NameMatch = { host: string; certainty: Certainty };

/**
 * The hosts that an exporter may mean by a name, the most likely first. A name or an address of a host that is down may have
 * passed on to one that is up: the same machine, installed again under another name.
 */
export function hostsNamed(names: HostNames, name: string, isUp: (host: string) => boolean): NameMatch[] {
  const key = name.toLowerCase();
  const owners = [...(names.full.get(key) ?? [])];
  const matches = (certainty: Certainty, hosts: (string | undefined)[]) =>
    hosts.filter((host) => host !== undefined).map((host) => ({ host, certainty }));
  if (owners.length === 0) return matches('alike', [hostNamed(names, name)]);
  if (owners.length > 1) return matches('alike', [onlyOne(owners.filter(isUp))]);
  const short = shortName(key);
  const certainty = key === short && !isAddress(key) ? 'exact' : 'unique';
  if (owners.some(isUp) || isAddress(name)) return matches(certainty, owners);
  const heir = onlyOne([...(names.short.get(short) ?? [])].filter(isUp));
  // kvm01 passes on to kvm01.dc1, and kvm01.dc1 to kvm01, but not to kvm01.dc2.
  const isHeir = heir !== undefined && (key === short || names.full.get(short)?.has(heir));
  return isHeir ? matches('alike', [heir, ...owners]) : matches(certainty, owners);
}

/** The part before the first dot; an address stays whole. */
function shortName(name: string): string {
  return isAddress(name) ? name : (name.split('.', 1)[0] ?? name);
}

function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':');
}

/** "[fd00::5]:9100" and "10.0.0.5:9100" without their port. */
export function withoutPort(value: string): string {
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(value);
  if (bracketed?.[1]) return bracketed[1];
  return /^[^:]+:\d+$/.test(value) ? value.slice(0, value.lastIndexOf(':')) : value;
}
