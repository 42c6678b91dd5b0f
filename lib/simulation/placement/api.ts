import type { WireInventories, WireUsages } from '@/lib/openstack/placement';
import type { SimHost } from '../model';
import { inventoryOf } from '../occupancy';
import { ok, type Reply, readVersion, type ServiceRequest } from '../wire';
import { allocationsOf, allocationsTo } from './allocations';
import { allocationCandidates } from './candidates';
import { fault, GENERATION, type PlacementRequest, TRAITS } from './reply';

/** The read-only part of Placement's API that dashboards use. https://docs.openstack.org/api-ref/placement/ */

const VERSIONS = { service: 'placement', major: 1, lowest: 0, highest: 39 };

export function answerPlacement(request: ServiceRequest): Reply {
  const { path, headers } = request;
  const span = { max_version: `1.${VERSIONS.highest}`, min_version: `1.${VERSIONS.lowest}` };
  if (path === '')
    return ok({ versions: [{ id: 'v1.0', ...span, status: 'CURRENT', links: [{ rel: 'self', href: '' }] }] });
  const version = readVersion(headers.get('openstack-api-version'), VERSIONS);
  if ('refused' in version) {
    return version.malformed
      ? fault(400, 'Bad Request', `invalid version string: ${version.refused}`)
      : {
          status: 406,
          body: {
            errors: [
              {
                status: 406,
                title: 'Not Acceptable',
                detail: `Invalid microversion: Unacceptable version header: ${version.refused}`,
                request_id: 'req-a3ad4d7f-001e-43cf-a102-87d0a85a70c7',
                ...span,
              },
            ],
          },
        };
  }
  const reply = answerRoute({ ...request, minor: version.minor });
  return {
    ...reply,
    headers: { 'openstack-api-version': `placement 1.${version.minor}`, vary: 'openstack-api-version' },
  };
}

function answerRoute(request: PlacementRequest): Reply {
  const { path, cloud, minor } = request;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return fault(403, 'Forbidden', 'Policy does not allow it: this cloud is read-only.');
  if (path === '/resource_providers') return providers(request);
  if (path === '/allocation_candidates' && minor >= 10) return allocationCandidates(request);
  if (path === '/resource_classes' && minor >= 2) {
    return ok({
      resource_classes: CLASSES.map((name) => ({ name, links: [{ rel: 'self', href: `/resource_classes/${name}` }] })),
    });
  }
  const [, consumer] = /^\/allocations\/([^/]+)$/.exec(path) ?? [];
  if (consumer !== undefined) return allocationsOf(request, consumer);
  const [, id, what = ''] = /^\/resource_providers\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  if (id === undefined) return fault(404, 'Not Found', 'The resource could not be found.');
  const host = cloud.hosts.find((candidate) => candidate.id === id);
  const node = cloud.ironic.find((candidate) => candidate.id === id);
  const name = host?.fqdn ?? node?.name;
  if (name === undefined) return fault(404, 'Not Found', `No resource provider with uuid ${id} found`);
  switch (what) {
    case '':
      return ok(describeProvider({ id, name }, minor));
    case 'inventories':
      return ok(host ? inventories(host) : BARE_METAL.inventories);
    case 'usages':
      return ok(host ? usages(host, request) : BARE_METAL.usages);
    case 'allocations':
      return ok(host ? allocationsTo(host, request) : { allocations: {}, ...GENERATION });
    case 'traits':
      return ok({ traits: host ? TRAITS : ['CUSTOM_BAREMETAL_NODE'], ...GENERATION });
    case 'aggregates': {
      const aggregates = cloud.aggregates.filter(({ hosts }) => host && hosts.includes(host)).map(({ uuid }) => uuid);
      return ok({ aggregates, ...(minor >= 19 ? GENERATION : {}) });
    }
    default:
      return fault(404, 'Not Found', 'The resource could not be found.');
  }
}

const CLASSES = ['VCPU', 'MEMORY_MB', 'DISK_GB', 'PCPU', 'CUSTOM_BAREMETAL'];

const BARE_METAL = {
  inventories: {
    ...GENERATION,
    inventories: {
      CUSTOM_BAREMETAL: { total: 1, reserved: 0, min_unit: 1, max_unit: 1, step_size: 1, allocation_ratio: 1 },
    },
  },
  usages: { ...GENERATION, usages: { CUSTOM_BAREMETAL: 1 } },
};

function providers({ cloud, query, minor }: PlacementRequest): Reply {
  const unknown = [...query.keys()].find((name) => !['name', 'uuid', 'in_tree'].includes(name));
  if (unknown !== undefined) {
    return fault(
      400,
      'Bad Request',
      `Invalid query string parameters: Additional properties are not allowed ('${unknown}' was unexpected)`,
    );
  }
  const name = query.get('name');
  // No provider is nested here, so a tree is just its root.
  const uuid = query.get('uuid') ?? query.get('in_tree');
  const rows = [...cloud.hosts.map(({ id, fqdn }) => ({ id, name: fqdn })), ...cloud.ironic].filter(
    (row) => (name === null || row.name === name) && (uuid === null || row.id === uuid),
  );
  return ok({ resource_providers: rows.map((row) => describeProvider(row, minor)) });
}

function describeProvider({ id, name }: { id: string; name: string }, minor: number): Record<string, unknown> {
  const links: [end: string, since: number][] = [
    ['', 0],
    ['/inventories', 0],
    ['/usages', 0],
    ['/aggregates', 1],
    ['/traits', 6],
    ['/allocations', 11],
  ];
  return {
    uuid: id,
    name,
    generation: GENERATION.resource_provider_generation,
    links: links
      .filter(([, since]) => minor >= since)
      .map(([end]) => ({ rel: end.slice(1) || 'self', href: `/resource_providers/${id}${end}` })),
    ...(minor >= 14 ? { parent_provider_uuid: null, root_provider_uuid: id } : {}),
  };
}

function inventories(host: SimHost): WireInventories & Record<string, unknown> {
  return {
    ...GENERATION,
    inventories: Object.fromEntries(
      Object.entries(inventoryOf(host)).map(([name, { total, reserved, allocation_ratio }]) => [
        name,
        { total, reserved, min_unit: 1, max_unit: total, step_size: 1, allocation_ratio },
      ]),
    ),
  };
}

/** Includes only classes of which the host has an inventory. */
function usages(host: SimHost, { occupancy, now }: PlacementRequest): WireUsages & Record<string, unknown> {
  const { PCPU, ...usage } = occupancy.usage(host, now);
  return { ...GENERATION, usages: host.pinnedCpus > 0 ? { ...usage, PCPU } : usage };
}
