import 'server-only';
import { groupInSteps, groupServers, type ServerGroups } from '@/lib/domain/cluster/server-groups';
import type { Server } from '@/lib/openstack/records';
import { processWide } from '@/lib/process-wide';
import { openYield } from '@/lib/yield';

/** A list of VMs is never changed in place, so that its groups are made once, for pages and routes together. */
const made = () => processWide('server-groups', () => new WeakMap<Server[], ServerGroups>());

/** Made beforehand, a little at a time, nobody who asks has to wait for them. */
export async function prepareGroups(servers: Server[]): Promise<void> {
  if (!made().has(servers)) made().set(servers, await groupInSteps(servers, openYield()));
}

export function groupsOf(servers: Server[]): ServerGroups {
  const groups = made().get(servers) ?? groupServers(servers);
  made().set(servers, groups);
  return groups;
}
