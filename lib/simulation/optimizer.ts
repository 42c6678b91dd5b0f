import { HOUR_MS } from '@/lib/units';
import { balance } from './balancer';
import { executedPlans } from './executed-plans';
import { leftBehind } from './left-behind';
import type { Cloud } from './model';
import { oddPlans } from './odd-plans';
import { balanceAt, byName, type OptimizerTools, openTools, STABILIZATION } from './plan-tools';
import { proposals } from './proposals';
import type { Random } from './random';
import { riskyPlans } from './risky-plans';

/** Watcher's part of the cloud: audits of every type, their plans and actions, with times relative to the start. */
export function buildOptimizer(cloud: Cloud, wanted: number, random: Random): void {
  const tools = openTools(cloud, random);
  executedPlans(tools);
  oddPlans(tools);
  leftBehind(tools);
  proposals(tools);
  riskyPlans(tools);
  withoutMoves(tools);
  cloud.audits.sort((a, b) => b.createdAt - a.createdAt);
  expiredPlans(tools, wanted);
  cloud.audits.splice(wanted);
  const kept = new Set(cloud.audits.map(({ id }) => id));
  cloud.plans = cloud.plans
    .filter(({ auditId }) => (auditId === null ? wanted > 0 : kept.has(auditId)))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** Audits that produced no moves, one for each reason. */
function withoutMoves({ audit, plan }: OptimizerTools): void {
  plan(
    audit({ name: 'nothing-to-do', strategy: 'workload_stabilization', parameters: STABILIZATION }, 11 * 60),
    'SUCCEEDED',
    [],
  );
  // The plan that drains a host was running at that time, and the audit was not forced.
  audit(
    {
      name: 'stopped-by-another-plan',
      strategy: 'workload_balance',
      parameters: balanceAt(30),
      state: 'CANCELLED',
    },
    10 * 60 - 11,
  );
  audit(
    {
      name: 'saving-energy',
      strategy: 'saving_energy',
      parameters: { free_used_percent: 10, min_free_hosts_num: 1 },
      state: 'FAILED',
      statusMessage: 'No bare metal nodes in the data model.',
    },
    13 * 60,
  );
  audit(
    {
      name: 'on-webhook',
      strategy: 'workload_stabilization',
      parameters: STABILIZATION,
      type: 'EVENT',
      state: 'PENDING',
      updatedAt: null,
    },
    14 * 60,
  );
  audit(
    {
      name: 'paused',
      strategy: 'dummy',
      parameters: { para1: 3.2, para2: 'hello' },
      type: 'CONTINUOUS',
      state: 'SUSPENDED',
      interval: '0 */6 * * *',
    },
    15 * 60,
  );
  plan(audit({ name: 'goal-alone', strategy: null }, 16 * 60), 'SUCCEEDED', []);
}

/** Adds expired plans, one an hour, up to the wanted number of audits. */
function expiredPlans(tools: OptimizerTools, wanted: number): void {
  const { cloud, audit, plan } = tools;
  const moves = balance(cloud, { maxMoves: 8 }, cloud.startedAt);
  for (let i = cloud.audits.length; i < wanted; i++) {
    const hoursAgo = 27 + i;
    const name = `nightly-${new Date(cloud.startedAt - hoursAgo * HOUR_MS).toISOString().slice(0, 13)}`;
    plan(
      audit({ name, strategy: 'workload_stabilization', parameters: STABILIZATION }, hoursAgo * 60),
      'SUPERSEDED',
      byName(tools, moves),
    );
  }
}
