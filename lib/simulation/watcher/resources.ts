import { DAY_MS } from '@/lib/units';
import { GOALS, type SimGoal, type SimStrategy, STRATEGIES } from '../strategies';
import { specOf } from '../strategy-specs';
import { naive, offset, ok, type Reply } from '../wire';
import { fault, linksTo, list, one, passes, type WatcherRequest } from './reply';

/** Watcher's small resources: goals, strategies, services. */

const DETAIL = ['created_at', 'updated_at', 'deleted_at'];

const installedAt = ({ cloud }: WatcherRequest) => cloud.startedAt - 200 * DAY_MS;
const times = (request: WatcherRequest) => ({
  created_at: offset(installedAt(request)),
  updated_at: null,
  deleted_at: null,
});

export function goals(request: WatcherRequest, wanted: string | undefined): Reply {
  const describe = (row: SimGoal) => ({
    uuid: row.id,
    name: row.name,
    display_name: row.displayName,
    efficacy_specification: [],
    links: linksTo('goals', row.id),
    ...times(request),
  });
  if (wanted !== undefined) {
    const found = GOALS.find(({ id, name }) => id === wanted || name === wanted);
    return one(found, describe, { what: 'Goal', id: wanted });
  }
  const createdAt = installedAt(request);
  return list(request, {
    name: 'goals',
    rows: GOALS.map((goal) => ({ ...goal, createdAt })),
    describe,
    detail: DETAIL,
    filters: [],
  });
}

export function strategies(request: WatcherRequest, wanted: string | undefined): Reply {
  const describe = (row: SimStrategy) => ({
    uuid: row.id,
    name: row.name,
    display_name: row.displayName,
    links: linksTo('strategies', row.id),
    goal_uuid: row.goal.id,
    goal_name: row.goal.name,
    parameters_spec: specOf(row.name, request.engine.release()),
    ...times(request),
  });
  if (wanted !== undefined) return one(strategyCalled(request, wanted), describe, { what: 'Strategy', id: wanted });
  const createdAt = installedAt(request);
  return list(request, {
    name: 'strategies',
    rows: offered(request)
      .filter(({ goal }) => passes(request.query, 'goal', goal.name, goal.id))
      .map((row) => ({
        ...row,
        createdAt,
      })),
    describe,
    detail: ['parameters_spec', ...DETAIL],
    filters: ['goal'],
  });
}

/** The strategies that this Watcher offers. */
export const offered = ({ engine }: WatcherRequest): SimStrategy[] =>
  STRATEGIES.filter(({ name }) => !engine.knobs.withheld.has(name));

const strategyCalled = (request: WatcherRequest, wanted: string) =>
  offered(request).find(({ id, name }) => id === wanted || name === wanted);

/** Whether a strategy could run. Watcher checks only the strategy's own settings, so it reports no datasource. */
export function strategyState(request: WatcherRequest, wanted: string): Reply {
  const found = strategyCalled(request, decodeURIComponent(wanted));
  if (!found) return fault(404, `Strategy ${wanted} could not be found`);
  const part = (type: string, state: unknown, mandatory: boolean | string) => ({ type, state, mandatory, comment: '' });
  const models = [
    { compute_model: 'available' },
    { storage_model: 'not available' },
    { baremetal_model: 'not available' },
  ];
  return ok([
    part('Datasource', 'Datasource is not presented for this strategy', true),
    part('Metrics', [], false),
    part('CDM', models, true),
    part('Name', found.name, ''),
  ]);
}

/** How long ago a service last reported. */
const REPORTED_MS = 5_000;

export function services(request: WatcherRequest, wanted: string | undefined): Reply {
  const createdAt = installedAt(request);
  const { alive, since } = request.engine.applier.appliers();
  const seenAt = request.now - REPORTED_MS;
  const service = (name: string, number: number, isAlive = true) => ({
    name,
    createdAt,
    host: `ctl-${number}`,
    status: isAlive ? 'ACTIVE' : 'FAILED',
    seenAt: isAlive ? seenAt : since - REPORTED_MS,
  });
  const appliers = Array.from({ length: Math.max(alive, 1) }, (_, i) => service('watcher-applier', i + 1, alive > 0));
  const rows = [...appliers, service('watcher-decision-engine', 1)].map((row, i) => ({ ...row, id: String(i + 1) }));
  const describe = (row: (typeof rows)[number]) => ({
    id: Number(row.id),
    name: row.name,
    host: row.host,
    last_seen_up: naive(row.seenAt),
    status: row.status,
    links: linksTo('services', row.id),
    ...times(request),
    updated_at: offset(row.seenAt),
  });
  if (wanted !== undefined) {
    const found = rows.find(({ id, name }) => id === wanted || name === wanted);
    return one(found, describe, { what: 'Service', id: wanted });
  }
  return list(request, { name: 'services', rows, describe, detail: ['last_seen_up', ...DETAIL], filters: [] });
}
