import type { Server } from '@/lib/openstack/records';

/** VMs of all projects by what is asked for most, made in one pass: a region has tens of thousands of them. */
export type ServerGroups = {
  byId: Map<string, Server>;
  /** As Nova names the host; VMs without one are in none. */
  byHost: Map<string, Server[]>;
  /** How many have a host. */
  placed: number;
  byStatus: Record<string, number>;
  /** How many have a flavor of this name, as it is kept in the VM. */
  byFlavor: Map<string, number>;
};

const emptyGroups = (): ServerGroups => ({
  byId: new Map(),
  byHost: new Map(),
  placed: 0,
  byStatus: {},
  byFlavor: new Map(),
});

/** A list is never changed in place, so that its groups are made once. */
const made = new WeakMap<Server[], ServerGroups>();
const hosts = new WeakMap<Map<string, Server>, Map<string, Server[]>>();

function keep(servers: Server[], groups: ServerGroups): ServerGroups {
  made.set(servers, groups);
  hosts.set(groups.byId, groups.byHost);
  return groups;
}

export function groupServers(servers: Server[]): ServerGroups {
  const known = made.get(servers);
  if (known) return known;
  const groups = emptyGroups();
  for (const server of servers) add(groups, server);
  return keep(servers, groups);
}

/** So many are added between two chances for others. */
const STEP = 1_000;

/** The same a little at a time, so that whoever asks later finds the groups made. @param breathe is awaited between two steps */
export async function prepareGroups(servers: Server[], breathe: () => Promise<void>): Promise<void> {
  if (made.has(servers)) return;
  const groups = emptyGroups();
  for (const [position, server] of servers.entries()) {
    if (position % STEP === STEP - 1) await breathe();
    add(groups, server);
  }
  keep(servers, groups);
}

/** The VMs of each host, as Nova names it, of a list by id. */
export function populationOf(servers: Map<string, Server>): Map<string, Server[]> {
  const known = hosts.get(servers);
  if (known) return known;
  const { byHost } = groupServers([...servers.values()]);
  hosts.set(servers, byHost);
  return byHost;
}

function add(groups: ServerGroups, server: Server): void {
  const { id, host, status, flavor } = server;
  groups.byId.set(id, server);
  groups.byStatus[status] = (groups.byStatus[status] ?? 0) + 1;
  if (flavor) groups.byFlavor.set(flavor.name, (groups.byFlavor.get(flavor.name) ?? 0) + 1);
  if (host === null) return;
  groups.placed++;
  const own = groups.byHost.get(host);
  if (own) own.push(server);
  else groups.byHost.set(host, [server]);
}
