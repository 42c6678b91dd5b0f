import { expect } from 'vitest';
import { candidatePlans, groupPlans } from '@/lib/domain/plans/shown-plan';
import { isRunning } from '@/lib/domain/plans/states';
import { type Optimizer, type OptimizerReader, openOptimizerReader } from '@/lib/readings/optimizer';
import type { SimAction, SimPlan } from '@/lib/simulation/model';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { type Scene, simulatedScene } from './simulated';

/** A simulated Watcher whose plans and actions change, and what a reading of it should contain. */
export const scene = simulatedScene({ hosts: 24, servers: 100, audits: 28 });

export const open = (everyMs = HOUR_MS) =>
  openOptimizerReader(
    scene.session,
    { wanted: (plans) => [...groupPlans(plans).values()].flatMap(candidatePlans), isRunning },
    { clock: () => scene.now, everyMs, pauseMs: 0 },
  );

/** The contents of a reading and of the cloud, limited to the actions of plans that are read. */
export const seen = ({ audits, plans, actions }: Optimizer) => ({
  audits: audits.map(({ id, state }) => `${id} ${state}`).sort(),
  plans: plans.map(({ id, state }) => `${id} ${state}`).sort(),
  actions: Object.entries(actions)
    .flatMap(([plan, own]) => own.map(({ id, state }) => `${plan} ${id} ${state}`))
    .sort(),
});

export function truth({ simulation: { cloud } }: Scene, of: Optimizer) {
  const here = <T extends { deletedAt?: number }>(rows: T[]) => rows.filter(({ deletedAt }) => deletedAt === undefined);
  return {
    audits: here(cloud.audits)
      .map(({ id, state }) => `${id} ${state}`)
      .sort(),
    plans: here(cloud.plans)
      .map(({ id, state }) => `${id} ${state}`)
      .sort(),
    actions: here(cloud.plans)
      .filter(({ id }) => id in of.actions)
      .flatMap((plan) => plan.actions.map(({ id, state }) => `${plan.id} ${id} ${state}`))
      .sort(),
  };
}

export const first = <T>(rows: T[], wanted: (row: T) => boolean): T => {
  const found = rows.find(wanted);
  if (!found) throw new Error('no such row');
  return found;
};
export const plan = (state: string): SimPlan =>
  first(scene.simulation.cloud.plans, (row) => row.state === state && row.actions.length > 0);

export function change(action: SimAction, state: string): void {
  Object.assign(action, { state, updatedAt: scene.now });
}

/** The first of its pending actions. */
export const nextOf = ({ actions }: SimPlan): SimAction => first(actions, ({ state }) => state === 'PENDING');

/** Starts the plan's next action a minute later and expects the reading to show it. */
export async function expectNextSeen(reader: OptimizerReader, reading: Optimizer, of: SimPlan): Promise<Optimizer> {
  scene.now += MINUTE_MS;
  change(nextOf(of), 'ONGOING');
  const again = await reader.read(reading);
  expect(seen(again)).toEqual(truth(scene, again));
  return again;
}

export const actionQueries = () =>
  scene.requests().flatMap((url) => (url.includes('actions/detail') ? [url.slice(url.indexOf('?'))] : []));

/** Makes Watcher sort by change as PostgreSQL does. */
export function neverChangedFirst(): void {
  const answer = scene.simulation.answer.bind(scene.simulation);
  scene.simulation.answer = async (request) => {
    const url = new URL(request.url);
    if (url.searchParams.get('sort_key') !== 'updated_at') return answer(request);
    const limit = Number(url.searchParams.get('limit'));
    url.searchParams.set('limit', '1000');
    const body = await (await answer(new Request(url, { headers: request.headers }))).json();
    const name = first(['audits', 'action_plans', 'actions'], (known) => known in body);
    const never = body[name].filter((row: { updated_at: unknown }) => row.updated_at === null);
    const rows = [...never, ...body[name].filter((row: { updated_at: unknown }) => row.updated_at !== null)];
    return Response.json({ [name]: rows.slice(0, limit) });
  };
}

/** Creates the only two running plans. @param size number of actions per plan */
export async function openRunning(size = 6) {
  const { cloud } = scene.simulation;
  const like = plan('ONGOING');
  const step = first(like.actions, () => true);
  for (const one of cloud.plans) if (isRunning(one.state)) one.state = 'SUCCEEDED';
  const made = [1, 2].map((i): SimPlan => {
    const actions = Array.from({ length: size }, (_, at) => ({
      ...step,
      id: `d0000000-0000-4000-8000-000000${i}${String(at).padStart(5, '0')}`,
      state: at < size / 2 ? 'SUCCEEDED' : 'PENDING',
    }));
    const auditId = `a0000000-0000-4000-8000-00000000000${i}`;
    cloud.audits.push({ ...first(cloud.audits, () => true), id: auditId, name: `audit ${i}` });
    return {
      ...like,
      state: 'ONGOING',
      id: `b0000000-0000-4000-8000-00000000000${i}`,
      auditId,
      createdAt: scene.now - HOUR_MS,
      actions,
    };
  });
  cloud.plans.push(...made);
  return { reader: open(), made };
}
