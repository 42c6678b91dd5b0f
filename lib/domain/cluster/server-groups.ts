import type { Server } from '@/lib/openstack/records';

/** VMs of all projects in the groups that are needed most, made in one pass: a region has tens of thousands. */
export type ServerGroups = {
  byId: Map<string, Server>;
  /** By the host's name as Nova spells it; without VMs that have no host. */
  byHost: Map<string, Server[]>;
  /** Number of VMs on a host. */
  placed: number;
  byStatus: Record<string, number>;
  /** Number of VMs by the name of their flavor, as Nova keeps it in the VM. */
  byFlavor: Map<string, number>;
};

export function groupServers(servers: Server[]): ServerGroups {
  const groups = emptyGroups();
  for (const server of servers) add(groups, server);
  return groups;
}

/** VMs added before yielding to the event loop. */
const STEP = 1_000;

/** The same without blocking the event loop. @param yieldIfDue is awaited between steps */
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
