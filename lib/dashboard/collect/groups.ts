import 'server-only';
import { groupInSteps, type ServerGroups } from '@/lib/domain/cluster/server-groups';
import type { Server } from '@/lib/openstack/records';
import { processWide } from '@/lib/process-wide';
import { yieldIfDue } from '@/lib/yield';

/** A list of VMs is never changed in place, so it is grouped once, for pages and routes together. */
const grouped = () => processWide('server-groups', () => new WeakMap<Server[], Promise<ServerGroups>>());

/** The VMs grouped in small steps, so that tens of thousands of them do not block other requests. */
export function groupsOf(servers: Server[]): Promise<ServerGroups> {
  const groups = grouped().get(servers) ?? groupInSteps(servers, yieldIfDue);
  grouped().set(servers, groups);
  return groups;
}
