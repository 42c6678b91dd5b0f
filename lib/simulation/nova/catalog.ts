import { DAY_MS } from '@/lib/units';
import { hostAt, type SimAggregate, type SimFlavor, type SimServerGroup } from '../model';
import { naiveMicros, ok, type Reply } from '../wire';
import { isYes, linksOf, type NovaRequest, notFound, page } from './reply';
import { extraSpecs } from './servers';

/** Nova's small lists: aggregates, server groups, flavors. */

export function aggregates(request: NovaRequest, id: string | null): Reply {
  const describe = (row: SimAggregate) => ({
    id: row.id,
    ...(request.minor >= 41 ? { uuid: row.uuid } : {}),
    name: row.name,
    hosts: row.hosts.map(({ name }) => name),
    metadata: row.metadata,
    created_at: naiveMicros(request.cloud.startedAt - 90 * DAY_MS),
    updated_at: null,
    deleted_at: null,
    deleted: false,
    availability_zone: row.metadata.availability_zone ?? null,
  });
  if (id === null) return ok({ aggregates: request.cloud.aggregates.map(describe) });
  const found = request.cloud.aggregates.find((row) => String(row.id) === id);
  return found ? ok({ aggregate: describe(found) }) : notFound(`Aggregate ${id} could not be found.`);
}

/** Empty unless all projects are requested: the account's own project has no groups. */
export function serverGroups(request: NovaRequest, id: string | null): Reply {
  const { cloud, query, minor, now } = request;
  const describe = (row: SimServerGroup) => ({
    id: row.id,
    name: row.name,
    // Members count as long as they have a host, even if stopped.
    members: row.members.filter((server) => hostAt(server, now) !== null).map((server) => server.id),
    ...(minor >= 64
      ? { policy: row.policy, rules: row.policy === 'anti-affinity' ? { max_server_per_host: 1 } : {} }
      : { policies: [row.policy], metadata: {} }),
    ...(minor >= 13 ? { project_id: row.members[0]?.projectId, user_id: row.members[0]?.userId } : {}),
  });
  if (id !== null) {
    const found = cloud.serverGroups.find((row) => row.id === id);
    return found ? ok({ server_group: describe(found) }) : notFound(`Instance group ${id} could not be found.`);
  }
  return ok({ server_groups: isYes(query.get('all_projects')) ? cloud.serverGroups.map(describe) : [] });
}

/** Without deleted flavors, whose VMs still run. */
const existing = ({ cloud }: NovaRequest): SimFlavor[] => cloud.flavors.filter(({ deleted }) => !deleted);

export function flavors(request: NovaRequest, detailed: boolean): Reply {
  const describe = (row: SimFlavor) => (detailed ? describeFlavor(row, request) : shortFlavor(row, request));
  return page(request, { name: 'flavors', rows: existing(request), describe });
}

export function flavor(request: NovaRequest, id: string): Reply {
  const found = existing(request).find((row) => row.id === id);
  return found ? ok({ flavor: describeFlavor(found, request) }) : notFound(`Flavor ${id} could not be found.`);
}

const shortFlavor = ({ id, name }: SimFlavor, request: NovaRequest) => ({
  id,
  name,
  links: linksOf(request, `/flavors/${id}`),
});

function describeFlavor(row: SimFlavor, request: NovaRequest) {
  return {
    id: row.id,
    name: row.name,
    ram: row.ramMib,
    disk: row.diskGib,
    swap: request.minor >= 75 ? 0 : '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    vcpus: row.vcpus,
    'os-flavor-access:is_public': true,
    rxtx_factor: 1,
    links: linksOf(request, `/flavors/${row.id}`),
    ...(request.minor >= 55 ? { description: null } : {}),
    ...(request.minor >= 61 ? { extra_specs: extraSpecs(row) } : {}),
  };
}
