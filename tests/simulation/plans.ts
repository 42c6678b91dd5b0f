import type { SimPlan } from '@/lib/simulation/model';
import type { Scene } from './acting';

/** What people do with plans, as requests to Watcher. */

export const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];
export const toState = (state: string) => replace('/state', state);

export const start = (scene: Scene, plan: SimPlan) => scene.watcher('POST', `action_plans/${plan.id}/start`);

export const patchState = (scene: Scene, plan: SimPlan, state: string) =>
  scene.watcher('PATCH', `action_plans/${plan.id}`, { body: toState(state) });

/** A plan that moves some VMs off one host, all at once or in waves of a width. */
export function stabilization(scene: Scene, count = 4, width?: number) {
  const { servers, source, target } = scene.movers(count);
  const plan = scene.propose(
    servers.map((server) => ({ server, target })),
    width,
  );
  return { plan, servers, source, target };
}

/** A plan with two moves, one after the other, that people and time have brought into a state. */
export async function planIn(scene: Scene, state: string): Promise<SimPlan> {
  const { plan } = stabilization(scene, 2, 1);
  if (state === 'CANCELLED') await patchState(scene, plan, 'CANCELLED');
  if (['PENDING', 'ONGOING', 'CANCELLING', 'SUCCEEDED'].includes(state)) await start(scene, plan);
  if (['ONGOING', 'CANCELLING'].includes(state)) scene.at(5);
  if (state === 'CANCELLING') await patchState(scene, plan, 'CANCELLING');
  if (state === 'SUCCEEDED') scene.at(60);
  if (state === 'SUPERSEDED') scene.simulation.life.expire(plan);
  if (plan.state !== state) throw new Error(`The plan is ${plan.state}.`);
  return plan;
}

export const DUMMY = { goal: 'dummy', audit_type: 'ONESHOT' };

/** An audit that Watcher accepted, and its newest plan. */
export async function created(scene: Scene, body: Record<string, unknown>) {
  const answer = await scene.watcher('POST', 'audits', { body });
  const { audits, plans } = scene.simulation.cloud;
  const audit = audits.find(
    ({ id }) => typeof answer.body === 'object' && answer.body && Object.values(answer.body).includes(id),
  );
  if (answer.status !== 201 || !audit) throw new Error(`Watcher answered ${answer.status}: ${answer.words}`);
  return { audit, plan: () => plans.find(({ auditId }) => auditId === audit.id), answer };
}
