import { balance } from './balancer';
import { type Cloud, HOUR, hostAt, MINUTE, type SimAudit, type SimPlan } from './model';
import { oddPlans } from './odd-plans';
import { byName, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';
import { proposals } from './proposals';
import type { Random } from './random';

/** Watcher's side of the cloud: audits of every kind, their plans and actions, told relative to the start. */

export function buildOptimizer(cloud: Cloud, wanted: number, random: Random): void {
  const { audits, plans, startedAt } = cloud;
  const tools: OptimizerTools = {
    cloud,
    random,
    audit(given, minutesAgo) {
      const createdAt = startedAt - minutesAgo * MINUTE;
      const audit: SimAudit = {
        id: random.uuid(),
        type: 'ONESHOT',
        state: 'SUCCEEDED',
        parameters: {},
        scope: [],
        interval: null,
        nextRunAt: null,
        statusMessage: null,
        createdAt,
        updatedAt: createdAt + 5_000,
        ...given,
      };
      audits.push(audit);
      return audit;
    },
    plan(audit, state, actions, more = {}) {
      const plan: SimPlan = {
        id: random.uuid(),
        auditId: audit.id,
        strategy: audit.strategy ?? 'dummy',
        state,
        createdAt: audit.createdAt + 4_000,
        updatedAt: state === 'RECOMMENDED' ? null : audit.createdAt + MINUTE,
        statusMessage: null,
        actions,
        ...more,
      };
      plans.push(plan);
      return plan;
    },
    action: (type, parameters, more = {}) => ({
      id: random.uuid(),
      type,
      state: 'PENDING',
      parameters,
      parents: [],
      statusMessage: null,
      ...more,
    }),
    migrate(server, source, destination, more) {
      return tools.action(
        'migrate',
        {
          migration_type: server.status === 'ACTIVE' ? 'live' : 'cold',
          source_node: source,
          ...(destination === null ? {} : { destination_node: destination }),
          resource_name: server.name,
          resource_id: server.id,
        },
        more,
      );
    },
  };
  proposals(tools);
  executed(tools);
  oddPlans(tools);
  silent(tools);
  history(tools, wanted);
  audits.splice(wanted);
  cloud.plans = plans.filter(({ auditId }) => auditId === null || audits.some(({ id }) => id === auditId));
}

/** Plans that were carried out: their VMs were on the sources before, so that history shows the load moving. */
function executed(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate } = tools;
  const run = (name: string, strategy: string, goal: string, minutesAgo: number, pick: (i: number) => boolean) => {
    const made = audit(
      { name, strategy, goal, parameters: strategy === 'zone_migration' ? { compute_nodes: [] } : STABILIZATION },
      minutesAgo,
    );
    const ranAt = made.createdAt + 10 * MINUTE;
    const sources = cloud.hosts.filter(({ enabled, up }) => enabled && up);
    const servers = cloud.servers
      .filter(({ status, stays }, i) => status === 'ACTIVE' && stays.length === 1 && stays[0]?.host?.enabled && pick(i))
      .slice(0, 4);
    const actions = servers.map((server) => {
      const now = hostAt(server, cloud.startedAt);
      const source = sources.find((host) => host !== now) ?? now;
      const createdAt = server.stays[0]?.from ?? 0;
      server.stays = [
        { from: createdAt, host: source },
        { from: ranAt, host: now },
      ];
      server.updatedAt = ranAt;
      return migrate(server, source?.name ?? '', now?.name ?? '', { state: 'SUCCEEDED' });
    });
    plan(made, 'SUCCEEDED', inWaves(actions, 2), { updatedAt: ranAt + 2 * MINUTE });
  };
  run('stabilize-yesterday', 'workload_stabilization', 'workload_balancing', 3 * 60 + 20, (i) => i % 13 === 2);
  run('empty-zone-b', 'zone_migration', 'hardware_maintenance', 10 * 60, (i) => i % 17 === 5);
}

/** Audits that gave nothing to do, for each reason there is. */
function silent({ audit, plan }: OptimizerTools): void {
  plan(
    audit(
      {
        name: 'nothing-to-do',
        goal: 'workload_balancing',
        strategy: 'workload_stabilization',
        parameters: STABILIZATION,
      },
      11 * 60,
    ),
    'SUCCEEDED',
    [],
  );
  audit(
    { name: 'stopped-by-another-plan', goal: 'workload_balancing', strategy: 'workload_balance', state: 'CANCELLED' },
    12 * 60,
  );
  audit({ name: 'saving-energy', goal: 'saving_energy', strategy: 'saving_energy', state: 'FAILED' }, 13 * 60);
  audit(
    {
      name: 'on-webhook',
      goal: 'workload_balancing',
      strategy: 'workload_stabilization',
      type: 'EVENT',
      state: 'PENDING',
      updatedAt: null,
    },
    14 * 60,
  );
  audit(
    {
      name: 'paused',
      goal: 'dummy',
      strategy: 'dummy',
      type: 'CONTINUOUS',
      state: 'SUSPENDED',
      interval: '0 */6 * * *',
    },
    15 * 60,
  );
  plan(audit({ name: 'goal-alone', goal: 'dummy', strategy: null }, 16 * 60), 'SUCCEEDED', []);
}

/** As many more as are wanted, one an hour, all expired. */
function history(tools: OptimizerTools, wanted: number): void {
  const { cloud, audit, plan } = tools;
  const moves = balance(cloud, 8, cloud.startedAt);
  for (let i = cloud.audits.length; i < wanted; i++) {
    const createdAt = cloud.startedAt - (24 + i) * HOUR;
    plan(
      audit(
        {
          name: `nightly-${new Date(createdAt).toISOString().slice(0, 13)}`,
          goal: 'workload_balancing',
          strategy: 'workload_stabilization',
          parameters: STABILIZATION,
        },
        (24 + i) * 60,
      ),
      'SUPERSEDED',
      inWaves(byName(tools, moves), 2),
    );
  }
}
