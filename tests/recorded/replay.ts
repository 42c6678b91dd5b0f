import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HttpResponse, http, type JsonBodyType } from 'msw';
import { beforeEach, vi } from 'vitest';
import { type ServedCloud, servedCloud } from '../routes/served-cloud';
import { libvirtVm, machine, type NamedSeries, storeOf } from '../wild/series';

/**
 * Answers of Watcher and Nova that were recorded on real clouds of three releases, served to the product at the time of the
 * recording. Links and what nothing reads are left out. Prometheus has made-up measurements: every host is at 50% of 32 CPUs,
 * and every active VM uses a quarter of a core.
 */

export const RELEASES = ['zed', '2025.1', '2026.2'] as const;
export type RecordedRelease = (typeof RELEASES)[number];

type Row = Record<string, JsonBodyType>;

export type RecordedAudit = Row & { uuid: string; name: string; state: string; audit_type: string; created_at: string };
export type RecordedPlan = Row & { uuid: string; audit_uuid: string | null; state: string; created_at: string };
export type RecordedAction = Row & {
  uuid: string;
  action_plan_uuid: string;
  action_type: string;
  state: string;
  status_message?: string | null;
};

export type Recorded = {
  release: RecordedRelease;
  recorded_at: string;
  versions: { min_version: string; max_version: string };
  audits: RecordedAudit[];
  action_plans: RecordedPlan[];
  actions: RecordedAction[];
  services: Row[];
  strategies: (Row & { name: string; goal_name: string; uuid: string })[];
  strategy_states: Record<string, JsonBodyType>;
  hypervisors: (Row & { service: { host: string } })[];
  servers: (Row & { id: string; status: string; 'OS-EXT-SRV-ATTR:host': string | null })[];
};

const readRecorded = (release: RecordedRelease): Recorded =>
  // The recordings are part of the tests; the product's schemas check them.
  JSON.parse(readFileSync(path.join(import.meta.dirname, release, 'cloud.json'), 'utf8')) as Recorded;

const ORIGIN = 'http://cloud.test';

/** The product on the cloud of a release. The recording may be changed before the first question. */
export function recordedCloud(release: RecordedRelease): ServedCloud & { recorded: Recorded } {
  const served = servedCloud();
  const cloud = { ...served, recorded: readRecorded(release) };
  beforeEach(() => {
    cloud.recorded = readRecorded(release);
    const at = Date.parse(cloud.recorded.recorded_at);
    vi.useFakeTimers({ toFake: ['Date'], now: at });
    served.serve({
      hosts: 0,
      servers: 0,
      audits: 0,
      clock: () => at,
      metrics: () => storeOf(measurements(cloud.recorded)),
    });
    served.server.use(...answers(() => cloud.recorded));
    return () => {
      vi.useRealTimers();
    };
  });
  return cloud;
}

const measurements = ({ hypervisors, servers }: Recorded): NamedSeries[] => [
  ...hypervisors.flatMap(({ service: { host } }) =>
    machine({ labels: { job: 'node', instance: `${host}:9100`, fqdn: host }, nodename: host, busy: 0.5, cpus: 32 }),
  ),
  ...servers.flatMap(({ id, status }) => (status === 'ACTIVE' ? libvirtVm(id, { cores: 0.25 }) : [])),
];

/** Only what the product asks for; everything else, such as tokens, is the simulated cloud's. */
function answers(recorded: () => Recorded) {
  const answer = (pattern: string, reply: (query: URLSearchParams, params: Record<string, unknown>) => JsonBodyType) =>
    http.get(`${ORIGIN}${pattern}`, ({ request, params }) =>
      HttpResponse.json(reply(new URL(request.url).searchParams, params)),
    );
  const watcher = '/infra-optim/v1';
  return [
    answer('/infra-optim/', () => {
      const version = { id: 'v1', status: 'CURRENT', ...recorded().versions };
      return { versions: [version], default_version: version };
    }),
    answer(`${watcher}/audits/detail`, (query) => ({ audits: page(recorded().audits, query) })),
    answer(`${watcher}/action_plans/detail`, (query) => ({ action_plans: page(recorded().action_plans, query) })),
    answer(`${watcher}/actions/detail`, (query) => {
      const plan = query.get('action_plan_uuid');
      return { actions: page(plan === null ? recorded().actions : ofPlan(recorded(), plan), query) };
    }),
    answer(`${watcher}/services/detail`, () => ({ services: recorded().services })),
    answer(`${watcher}/strategies`, () => ({ strategies: recorded().strategies })),
    answer(`${watcher}/strategies/:name/state`, (_, { name }) => recorded().strategy_states[String(name)] ?? []),
    answer('/compute/v2.1/os-hypervisors/detail', () => ({ hypervisors: recorded().hypervisors })),
    answer('/compute/v2.1/servers/detail', (query) => ({ servers: query.has('marker') ? [] : recorded().servers })),
  ];
}

export const ofPlan = ({ actions }: Recorded, plan: string): RecordedAction[] =>
  actions.filter((action) => action.action_plan_uuid === plan);

/** Newest first by creation or change, as the product asks; rows that never changed come last. */
function page<T extends Row>(rows: T[], query: URLSearchParams): T[] {
  const key = query.get('sort_key') === 'updated_at' ? 'updated_at' : 'created_at';
  const sorted = [...rows].sort((a, b) => String(b[key] ?? '').localeCompare(String(a[key] ?? '')));
  const from = sorted.findIndex(({ uuid }) => uuid === query.get('marker')) + 1;
  return sorted.slice(from, from + Number(query.get('limit') ?? 1000));
}
