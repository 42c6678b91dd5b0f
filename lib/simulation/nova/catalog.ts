import { hostAt, type SimAggregate, type SimFlavor, type SimServerGroup } from '../model';
import { naiveMicros, ok, type Reply } from '../wire';
import { isYes, linksOf, type NovaAsk, notFound, page } from './reply';
import { extraSpecs } from './servers';

/** The small lists of Nova: services, aggregates, server groups, flavors. */

type SimService = {
  id: string;
  binary: string;
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  reason: string | null;
};
const WELL = { enabled: true, up: true, reason: null };

export function services(ask: NovaAsk): Reply {
  const { cloud, now, query, minor } = ask;
  const controllers = cloud.controllers.flatMap(({ id, name: host }) =>
    ['nova-conductor', 'nova-scheduler'].map(
      (which): SimService => ({ ...WELL, id, binary: which, host, zone: 'internal' }),
    ),
  );
  const ironic = cloud.ironic.map(
    ({ id }): SimService => ({ ...WELL, id, binary: 'nova-compute', host: 'ctl-1-ironic', zone: 'nova' }),
  );
  const computes = cloud.hosts.map(
    ({ serviceId: id, name: host, zone, enabled, up, disabledReason: reason }): SimService => ({
      id,
      binary: 'nova-compute',
      host,
      zone,
      enabled,
      up,
      reason,
    }),
  );
  const [binary, name] = [query.get('binary'), query.get('host')];
  const rows = [...controllers, ...ironic, ...computes]
    .map((row, i) => ({ ...row, number: i + 1 }))
    .filter((row) => (binary === null || row.binary === binary) && (name === null || row.host === name));
  return ok({
    services: rows.map((row) => ({
      id: minor >= 53 ? row.id : row.number,
      binary: row.binary,
      host: row.host,
      zone: row.zone,
      status: row.enabled ? 'enabled' : 'disabled',
      state: row.up ? 'up' : 'down',
      // One that is down has not reported since before the simulation began.
      updated_at: naiveMicros(row.up ? now - 4_000 : cloud.startedAt - 3_600_000),
      disabled_reason: row.reason,
      ...(minor >= 11 ? { forced_down: false } : {}),
    })),
  });
}

export function aggregates(ask: NovaAsk, id: string | null): Reply {
  const describe = (row: SimAggregate) => ({
    id: row.id,
    ...(ask.minor >= 41 ? { uuid: row.uuid } : {}),
    name: row.name,
    hosts: row.hosts.map(({ name }) => name),
    metadata: row.metadata,
    created_at: naiveMicros(ask.cloud.startedAt - 90 * 86_400_000),
    updated_at: null,
    deleted_at: null,
    deleted: false,
    availability_zone: row.metadata.availability_zone ?? null,
  });
  if (id === null) return ok({ aggregates: ask.cloud.aggregates.map(describe) });
  const found = ask.cloud.aggregates.find((row) => String(row.id) === id);
  return found ? ok({ aggregate: describe(found) }) : notFound(`Aggregate ${id} could not be found.`);
}

/** Those of all projects only when asked for: the account's own project has none. */
export function serverGroups(ask: NovaAsk, id: string | null): Reply {
  const { cloud, query, minor, now } = ask;
  const describe = (row: SimServerGroup) => ({
    id: row.id,
    name: row.name,
    // Stopped or not, a member counts as long as it has a host.
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

/** One that was deleted is not among them, though its VMs run on. */
const existing = ({ cloud }: NovaAsk): SimFlavor[] => cloud.flavors.filter(({ deleted }) => !deleted);

export function flavors(ask: NovaAsk, detailed: boolean): Reply {
  return page(ask, 'flavors', existing(ask), (row) => (detailed ? describeFlavor(row, ask) : shortFlavor(row, ask)));
}

export function flavor(ask: NovaAsk, id: string): Reply {
  const found = existing(ask).find((row) => row.id === id);
  return found ? ok({ flavor: describeFlavor(found, ask) }) : notFound(`Flavor ${id} could not be found.`);
}

const shortFlavor = ({ id, name }: SimFlavor, ask: NovaAsk) => ({ id, name, links: linksOf(ask, `/flavors/${id}`) });

function describeFlavor(row: SimFlavor, ask: NovaAsk) {
  return {
    id: row.id,
    name: row.name,
    ram: row.ramMib,
    disk: row.diskGib,
    swap: ask.minor >= 75 ? 0 : '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    vcpus: row.vcpus,
    'os-flavor-access:is_public': true,
    rxtx_factor: 1,
    links: linksOf(ask, `/flavors/${row.id}`),
    ...(ask.minor >= 55 ? { description: null } : {}),
    ...(ask.minor >= 61 ? { extra_specs: extraSpecs(row) } : {}),
  };
}
