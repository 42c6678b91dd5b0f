import { isRecord } from '@/lib/is-record';
import { HOUR_MS } from '@/lib/units';
import { naiveMicros, ok, type Reply } from '../wire';
import { badRequest, NO_SUCH_URL, type NovaRequest, notFound, refuseByPolicy } from './reply';

/** os-services: 2.53 has UUIDs and changes services by them. */

const UUIDS = 53;

type SimService = {
  id: string;
  binary: string;
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  reason: string | null;
};
type Numbered = SimService & { number: number };
const WELL = { enabled: true, up: true, reason: null };

function rowsOf({ cloud }: NovaRequest): Numbered[] {
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
  return [...controllers, ...ironic, ...computes].map((row, i) => ({ ...row, number: i + 1 }));
}

export function services(request: NovaRequest): Reply {
  const { query } = request;
  const [binary, name] = [query.get('binary'), query.get('host')];
  const rows = rowsOf(request).filter(
    (row) => (binary === null || row.binary === binary) && (name === null || row.host === name),
  );
  return ok({ services: rows.map((row) => describe(row, request)) });
}

const describe = (row: Numbered, { cloud, now, minor }: NovaRequest) => ({
  id: minor >= UUIDS ? row.id : row.number,
  binary: row.binary,
  host: row.host,
  zone: row.zone,
  status: row.enabled ? 'enabled' : 'disabled',
  state: row.up ? 'up' : 'down',
  // A service that is down last reported before the simulation started.
  updated_at: naiveMicros(row.up ? now - 4_000 : cloud.startedAt - HOUR_MS),
  disabled_reason: row.reason,
  ...(minor >= 11 ? { forced_down: false } : {}),
});

/** Enables or disables a compute service; enabling clears the reason. */
export function changeService(request: NovaRequest, id: string): Reply {
  const { cloud, minor, body } = request;
  if (minor < UUIDS) return NO_SUCH_URL;
  const refused = refuseByPolicy(request, 'os_compute_api:os-services:update');
  if (refused) return refused;
  const wanted = readWanted(body);
  if (wanted === null)
    return badRequest("No updates were requested. Fields 'status' or 'forced_down' should be specified.");
  const host = cloud.hosts.find(({ serviceId }) => serviceId === id);
  if (!host) return notFound(`Service ${id} could not be found.`);
  host.enabled = wanted.status === 'enabled';
  host.disabledReason = host.enabled ? null : wanted.reason;
  const row = rowsOf(request).find((one) => one.id === id);
  return row ? ok({ service: describe(row, request) }) : NO_SUCH_URL;
}

function readWanted(text: string): { status: 'enabled' | 'disabled'; reason: string | null } | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(body) || (body.status !== 'enabled' && body.status !== 'disabled')) return null;
  return { status: body.status, reason: typeof body.disabled_reason === 'string' ? body.disabled_reason : null };
}
