import type { SimHost } from '../model';
import { capacityOf, inventoryOf } from '../occupancy';
import { ok, type Reply } from '../wire';
import { fault, type PlacementRequest, TRAITS } from './reply';

type Resources = Record<string, number>;

/** allocation_candidates: the hosts with room for the requested resources, and their inventories; full hosts are missing. */
export function allocationCandidates(request: PlacementRequest): Reply {
  const { cloud, query, minor } = request;
  const wanted = readResources(query.get('resources') ?? '');
  if (wanted === null) {
    return fault(
      400,
      'Bad Request',
      'Badly formed resources parameter. Expected resources query string parameter in form: ?resources=VCPU:2,MEMORY_MB:1024.',
    );
  }
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  const rows = cloud.hosts
    .map((host) => ({ host, room: roomOf(host, request) }))
    .filter(({ room }) =>
      Object.entries(wanted).every(([name, amount]) => {
        const own = room[name];
        return own !== undefined && own.capacity - own.used >= amount;
      }),
    )
    .slice(0, limit);
  return ok({
    allocation_requests: rows.map(({ host }) => ({
      allocations:
        minor >= 12
          ? { [host.id]: { resources: wanted } }
          : [{ resource_provider: { uuid: host.id }, resources: wanted }],
      ...(minor >= 34 ? { mappings: { '': [host.id] } } : {}),
    })),
    provider_summaries: Object.fromEntries(
      rows.map(({ host, room }) => [
        host.id,
        {
          // Older versions include only the requested classes.
          resources: minor >= 27 ? room : Object.fromEntries(Object.entries(room).filter(([name]) => name in wanted)),
          ...(minor >= 17 ? { traits: TRAITS } : {}),
          ...(minor >= 29 ? { parent_provider_uuid: null, root_provider_uuid: host.id } : {}),
        },
      ]),
    ),
  });
}

function readResources(text: string): Resources | null {
  const parts = text.split(',').map((part) => /^([A-Z0-9_]+):([1-9]\d*)$/.exec(part));
  const resources: Resources = {};
  for (const part of parts) {
    if (part?.[1] === undefined) return null;
    resources[part[1]] = Number(part[2]);
  }
  return resources;
}

function roomOf(
  host: SimHost,
  { occupancy, now }: PlacementRequest,
): Record<string, { capacity: number; used: number }> {
  const usage: Resources = occupancy.usage(host, now);
  return Object.fromEntries(
    Object.entries(inventoryOf(host)).map(([name, inventory]) => [
      name,
      { capacity: capacityOf(inventory), used: usage[name] ?? 0 },
    ]),
  );
}
