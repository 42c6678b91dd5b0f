import { listHypervisors, listServers } from '@/lib/openstack/nova';
import type { Hypervisor, Server } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';

/** What Nova knows: the hosts (ironic nodes included, told apart by type) and the VMs of all projects with their flavors. */
export type Inventory = { region: string; hypervisors: Hypervisor[]; servers: Server[] };

/** @throws SourceError of Keystone or Nova */
export async function readInventory(session: Session): Promise<Inventory> {
  const [region, hypervisors, servers] = await Promise.all([
    session.region(),
    listHypervisors(session),
    listServers(session),
  ]);
  return { region, hypervisors, servers };
}
