import type { OutOfService } from '@/lib/contract/v1/closed-host';
import type { SceneStep } from '@/lib/contract/v1/scene';
import { isCurrent, isRunning } from '../plans/states';
import { describeClosed } from './describe-closed';

/** Hosts that take no new VMs, and what that is: maintenance, or something that nobody looks after. */

/** A host as Nova has it. */
export type NovaHost = {
  name: string;
  state: 'up' | 'down' | 'unknown';
  status: 'enabled' | 'disabled' | 'unknown';
  disabledReason: string | null;
  vms: number;
};

/** A plan that has something to do with hosts. `steps`: as far as its actions are known. */
export type HostPlan = {
  auditId: string;
  planId: string;
  name: string;
  state: string;
  /** ms; null if it never changed. */
  updatedAt: number | null;
  /** Whether nobody carries it on, though it is CANCELLING. */
  isAbandoned: boolean;
  steps: (SceneStep & { updatedAt: number | null })[];
};

/** Whether a plan is about to do something, or does it. */
const isAlive = (plan: HostPlan): boolean => isCurrent(plan.state) || isUnderWay(plan);
const isUnderWay = ({ state, isAbandoned }: HostPlan): boolean =>
  !isAbandoned && (isRunning(state) || state === 'PENDING');

export const closes = (host: string) => (step: SceneStep) =>
  step.kind === 'service' && step.host === host && !step.enable;
export const leaves = (host: string) => (step: SceneStep) => step.kind === 'migrate' && step.source === host;

type Known = {
  /** Newest first. */
  plans: HostPlan[];
  /** Hosts that a careful run drains which has not ended. */
  draining: ReadonlySet<string>;
};

/** null for a host in service. */
export function outOfService(host: NovaHost, { plans, draining }: Known): OutOfService | null {
  const { name, state, status, vms } = host;
  if (status !== 'disabled') return state === 'down' ? down(vms) : null;
  const closed = describeClosed(host.disabledReason);
  const touching = plans.filter(({ steps }) => steps.some(closes(name)) || steps.some(leaves(name)));
  const running = touching.find((plan) => isUnderWay(plan) && plan.steps.some(leaves(name)));
  if (running !== undefined || draining.has(name)) {
    return {
      state: 'being-drained',
      text: drainedBy(running, name),
      closed,
      since: closed.since,
      plan: keyOf(running),
    };
  }
  if (closed.by === 'watcher' && !touching.some(isAlive)) {
    const by = touching.find(({ steps }) => steps.some((step) => closes(name)(step) && step.state === 'SUCCEEDED'));
    const since = by?.steps.find(closes(name))?.updatedAt ?? null;
    return { state: 'left-behind', text: leftBy(by), closed, since, plan: keyOf(by) };
  }
  if (vms > 0) {
    const text = 'Nothing moves its VMs now.';
    return { state: 'closed-not-empty', text, closed, since: closed.since, plan: null };
  }
  const text = state === 'down' ? 'It is empty, and its nova-compute is silent.' : 'It is empty.';
  return { state: 'in-maintenance', text, closed, since: closed.since, plan: null };
}

/** Nobody moves VMs off such a host: Nova can only evacuate them, which is never ours. */
const down = (vms: number): OutOfService => ({
  state: 'down',
  text:
    vms === 0
      ? 'Its nova-compute is silent.'
      : `Its nova-compute is silent: no answer about ${vms === 1 ? 'its VM' : `its ${vms} VMs`}.`,
  closed: null,
  since: null,
  plan: null,
});

const OVER = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'];

function drainedBy(plan: HostPlan | undefined, host: string): string {
  if (plan === undefined) return 'A careful run moves its VMs off it.';
  const moves = plan.steps.filter(leaves(host));
  const over = moves.filter(({ state }) => OVER.includes(state)).length;
  return `${over} of ${moves.length} moves have ended.`;
}

const leftBy = (plan: HostPlan | undefined): string =>
  plan === undefined
    ? 'The plan that closed it is not known any more.'
    : `The plan of ${plan.name}, which is ${plan.state}, closed it.`;

const keyOf = (plan: HostPlan | undefined): OutOfService['plan'] =>
  plan === undefined
    ? null
    : { audit_id: plan.auditId, plan_id: plan.planId, audit_name: plan.name, plan_state: plan.state };
