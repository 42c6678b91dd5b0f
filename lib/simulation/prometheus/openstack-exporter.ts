import { DAY_MS } from '@/lib/units';
import type { Cloud, SimHost } from '../model';
import { type Inventory, inventoryOf, type Occupancy } from '../occupancy';
import { type Labels, lasting, type Maker, type Makers, type Series } from './series';

export const EXPORTER_PORT = 9198;
export const EXPORTER_LABELS: Labels = { job: 'openstack', instance: `10.10.0.1:${EXPORTER_PORT}` };

/** The exporter's codes for VM states. */
const STATUS_NUMBERS: Record<string, number> = {
  ACTIVE: 0,
  BUILD: 1,
  ERROR: 4,
  SHUTOFF: 11,
  SUSPENDED: 12,
  PAUSED: 16,
  SHELVED_OFFLOADED: 19,
};

/** Placement's metrics reach back further than the VMs do: then there was less of everything. */
const PLACEMENT_HISTORY_MS = 60 * DAY_MS;
const GROWTH_PER_DAY = 0.004;
const LESS_AT_WEEKENDS = 0.02;

/** What was allocated so long before the history of the VMs begins, as a share of what is. */
function shareOf(beforeMs: number): number {
  if (beforeMs <= 0) return 1;
  const days = beforeMs / DAY_MS;
  return 1 - GROWTH_PER_DAY * days - (Math.floor(days) % 7 < 2 ? LESS_AT_WEEKENDS : 0);
}

/** openstack-exporter. It uses the APIs, so it also reports hosts that are down. */
export function openstackExporter(cloud: Cloud, occupancy: Occupancy, start: number): Makers {
  const { hosts, servers, flavors } = cloud;

  const placement =
    (value: (inventory: Inventory, used: number) => number): Maker =>
    () =>
      hosts.flatMap((host) =>
        Object.entries(inventoryOf(host)).map(([resourcetype, inventory]) =>
          lasting({ ...EXPORTER_LABELS, hostname: host.fqdn, resourcetype }, start - PLACEMENT_HISTORY_MS, (at) => {
            const usage = new Map<string, number>(Object.entries(occupancy.usage(host, Math.max(at, start))));
            return value(inventory, Math.round((usage.get(resourcetype) ?? 0) * shareOf(start - at)));
          }),
        ),
      );

  const agentLabels = (host: SimHost): Labels => ({
    ...EXPORTER_LABELS,
    id: host.serviceId,
    hostname: host.name,
    service: 'nova-compute',
    adminState: host.enabled ? 'enabled' : 'disabled',
    zone: host.zone,
    disabledReason: host.disabledReason ?? '',
  });

  return {
    openstack_nova_up: () => [lasting(EXPORTER_LABELS, start, () => 1)],
    openstack_placement_up: () => [lasting(EXPORTER_LABELS, start, () => 1)],
    openstack_placement_resource_total: placement(({ total }) => total),
    openstack_placement_resource_reserved: placement(({ reserved }) => reserved),
    // The exporter passes the ratio through a 32-bit float: 1.2 becomes 1.2000000476837158.
    openstack_placement_resource_allocation_ratio: placement(({ allocation_ratio }) => Math.fround(allocation_ratio)),
    openstack_placement_resource_usage: placement((_, used) => used),
    openstack_nova_agent_state: () => hosts.map((host) => lasting(agentLabels(host), start, () => Number(host.up))),
    openstack_nova_total_vms: () => [lasting(EXPORTER_LABELS, start, () => servers.length)],
    openstack_nova_flavor: () =>
      flavors
        .filter(({ deleted }) => !deleted)
        .map(({ id, name, vcpus, ramMib, diskGib }) =>
          lasting(
            {
              ...EXPORTER_LABELS,
              ...{ id, name, vcpus: String(vcpus), ram: String(ramMib), disk: String(diskGib), is_public: 'true' },
            },
            start,
            () => 1,
          ),
        ),
    openstack_nova_server_status: () =>
      servers.flatMap((server) =>
        server.stays.map(({ from, host }, position): Series => {
          const { id, name, status, flavor, projectId, userId, domain } = server;
          return {
            labels: {
              ...EXPORTER_LABELS,
              id,
              uuid: id,
              name,
              status,
              tenant_id: projectId,
              user_id: userId,
              // The exporter looks flavors up by name, so a deleted one has no id.
              flavor_id: flavor.deleted ? '' : flavor.id,
              host_id: host?.id.replaceAll('-', '') ?? '',
              hypervisor_hostname: host?.fqdn ?? '',
              availability_zone: host?.zone ?? '',
              instance_libvirt: domain,
            },
            value: () => STATUS_NUMBERS[status] ?? -1,
            from: Math.max(from, start),
            until: server.stays[position + 1]?.from ?? Number.POSITIVE_INFINITY,
          };
        }),
      ),
  };
}
