import { listHypervisors, listServers } from '@/lib/openstack/nova';
import type { Hypervisor, Server } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';

/** What Nova knows: the hosts (ironic nodes included, told apart by type) and the VMs of all projects with their flavors. */
export type Inventory = { region: string; hypervisors: Hypervisor[]; servers: Server[] };

/** Tells how far a reading is: VMs so far, and of how many where that is known. */
export type Report = (progress: { done: number; of: number | null }, partial: Inventory) => void;

/** @throws SourceError of Keystone or Nova */
export async function readInventory(session: Session, report: Report = () => {}): Promise<Inventory> {
  const [region, hypervisors] = await Promise.all([session.region(), listHypervisors(session)]);
  const of = expectedServers(hypervisors);
  report({ done: 0, of }, { region, hypervisors, servers: [] });
  const servers = await listServers(session, {
    onPage: (soFar) => report({ done: soFar.length, of }, { region, hypervisors, servers: soFar }),
  });
  return { region, hypervisors, servers };
}

/** Nova counts the VMs of each host, whatever their state; those without a host are few. */
function expectedServers(hypervisors: Hypervisor[]): number | null {
  const counts = hypervisors.flatMap(({ guests }) => (guests === null ? [] : [guests]));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
