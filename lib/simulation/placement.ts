import type { WireInventories, WireProvider, WireUsages } from '@/lib/openstack/placement';
import { usageOf } from './machines';
import type { SimHost } from './model';
import { type Ask, minorVersion, ok, type Reply } from './wire';

/** Placement's API as far as dashboards read it. https://docs.openstack.org/api-ref/placement/ */

const VERSIONS = { major: 1, lowest: 0, highest: 39 };

export function answerPlacement(ask: Ask): Reply {
  const { path, headers, cloud, query } = ask;
  if (path === '') {
    return ok({
      versions: [
        {
          id: 'v1.0',
          max_version: `1.${VERSIONS.highest}`,
          min_version: '1.0',
          status: 'CURRENT',
          links: [{ rel: 'self', href: '' }],
        },
      ],
    });
  }
  if (minorVersion(headers.get('openstack-api-version'), 'placement', VERSIONS) === null) {
    return fault(406, 'Not Acceptable', 'Unacceptable version header.');
  }
  if (path === '/resource_providers') {
    const name = query.get('name');
    const providers = [...cloud.hosts.map(({ id, fqdn }) => ({ id, name: fqdn })), ...cloud.ironic].filter(
      (provider) => name === null || provider.name === name,
    );
    return ok({ resource_providers: providers.map(describeProvider) });
  }
  const [, id, what] = /^\/resource_providers\/([^/]+)\/(inventories|usages)$/.exec(path) ?? [];
  const host = cloud.hosts.find((candidate) => candidate.id === id);
  if (what && !host && !cloud.ironic.some((node) => node.id === id))
    return fault(404, 'Not Found', `No resource provider with uuid ${id} found.`);
  if (what === 'inventories')
    return ok(
      host
        ? inventories(host)
        : {
            resource_provider_generation: 1,
            inventories: {
              CUSTOM_BAREMETAL: { total: 1, reserved: 0, min_unit: 1, max_unit: 1, step_size: 1, allocation_ratio: 1 },
            },
          },
    );
  if (what === 'usages')
    return ok(host ? usages(host, ask) : { resource_provider_generation: 1, usages: { CUSTOM_BAREMETAL: 1 } });
  return fault(404, 'Not Found', 'The resource could not be found.');
}

function fault(status: number, title: string, detail: string): Reply {
  return { status, body: { errors: [{ status, title, detail, request_id: 'req-simulated' }] } };
}

const describeProvider = ({ id, name }: { id: string; name: string }): WireProvider & Record<string, unknown> => ({
  uuid: id,
  name,
  generation: 12,
  links: ['', '/inventories', '/usages', '/aggregates', '/traits', '/allocations'].map((end) => ({
    rel: end.slice(1) || 'self',
    href: `/resource_providers/${id}${end}`,
  })),
  parent_provider_uuid: null,
  root_provider_uuid: id,
});

export function inventoryOf(
  host: SimHost,
): Record<string, { total: number; reserved: number; allocation_ratio: number }> {
  return {
    VCPU: { total: host.threads - host.pinnedCpus, reserved: host.reservedCpus, allocation_ratio: host.cpuRatio },
    ...(host.pinnedCpus > 0 ? { PCPU: { total: host.pinnedCpus, reserved: 0, allocation_ratio: 1 } } : {}),
    MEMORY_MB: { total: host.ramMib, reserved: host.reservedMib, allocation_ratio: host.ramRatio },
    DISK_GB: { total: 8000, reserved: 10, allocation_ratio: 1 },
  };
}

function inventories(host: SimHost): WireInventories & Record<string, unknown> {
  return {
    resource_provider_generation: 12,
    inventories: Object.fromEntries(
      Object.entries(inventoryOf(host)).map(([name, inventory]) => [
        name,
        { ...inventory, min_unit: 1, max_unit: inventory.total, step_size: 1 },
      ]),
    ),
  };
}

function usages(host: SimHost, { cloud, now }: Ask): WireUsages & Record<string, unknown> {
  const { PCPU, VMS: _, ...usage } = usageOf(cloud, host, now);
  return { resource_provider_generation: 12, usages: host.pinnedCpus > 0 ? { ...usage, PCPU } : usage };
}
