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

export function groupServers(servers: Server[]): ServerGroups {
  const groups = emptyGroups();
  for (const server of servers) add(groups, server);
  return groups;
}

/** So many are added between two chances for others. */
const STEP = 1_000;

/** The same a little at a time. @param yieldIfDue is awaited between two steps */
export async function groupInSteps(servers: Server[], yieldIfDue: () => Promise<void>): Promise<ServerGroups> {
  const groups = emptyGroups();
  for (const [position, server] of servers.entries()) {
    if (position % STEP === STEP - 1) await yieldIfDue();
    add(groups, server);
  }
  return groups;
}

const emptyGroups = (): ServerGroups => ({
  byId: new Map(),
  byHost: new Map(),
  placed: 0,
  byStatus: {},
  byFlavor: new Map(),
});

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
