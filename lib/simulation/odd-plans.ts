import { hostAt } from './model';
import { inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Plans with what goes wrong in real clouds: VMs gone or moved on, unknown hosts, chains, every kind of action. */
export function oddPlans(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate, action, random } = tools;
  const running = cloud.servers.filter(
    ({ status, stays }) => status === 'ACTIVE' && stays.length === 1 && stays[0]?.host,
  );
  const [a, b, c, d, e] = running.slice(-5);
  const [x, y, z] = cloud.hosts;
  if (!a || !b || !c || !d || !e || !x || !y || !z) return;
  const where = (server: typeof a) => hostAt(server, cloud.startedAt)?.name ?? '';
  const elsewhere = (server: typeof a) => cloud.hosts.find(({ name }) => name !== where(server))?.name ?? '';

  const odd = audit(
    {
      name: 'half-outdated',
      goal: 'workload_balancing',
      strategy: 'workload_stabilization',
      parameters: STABILIZATION,
    },
    90,
  );
  const chain = migrate(a, where(a), elsewhere(a));
  const chainEnd = migrate(a, elsewhere(a), z.name, { parents: [chain.id] });
  plan(odd, 'RECOMMENDED', [
    chainEnd,
    chain,
    action('migrate', {
      migration_type: 'live',
      source_node: x.name,
      destination_node: y.name,
      resource_name: 'web-deleted',
      resource_id: random.uuid(),
    }),
    migrate(b, elsewhere(b), 'cmp-that-left'),
    migrate(c, elsewhere(c), where(c)),
    migrate(d, 'cmp-that-left', where(d)),
    migrate(e, where(e), elsewhere(e), { state: 'SKIPPED', statusMessage: 'Skipped by an admin: backup window' }),
  ]);

  const mixed = audit({ name: 'by-hand', goal: 'unclassified', strategy: 'actuator', parameters: { actions: [] } }, 40);
  plan(
    mixed,
    'ONGOING',
    inWaves(
      [
        action('nop', { message: 'begin' }, { state: 'SUCCEEDED' }),
        migrate(b, elsewhere(b), where(b), { state: 'SUCCEEDED' }),
        migrate(c, where(c), elsewhere(c), { state: 'ONGOING' }),
        action('sleep', { duration: 30 }),
        action('resize', { resource_id: d.id, resource_name: d.name, flavor: 'm1.xlarge' }),
        action('volume_migrate', {
          migration_type: 'migrate',
          resource_id: random.uuid(),
          resource_name: 'data-1',
          destination_node: 'ctl@lvm#LVM',
          destination_type: 'lvm',
        }),
        action('change_node_power_state', { resource_id: z.id, resource_name: z.name, state: 'off' }),
        action('rebuild_the_world', { level: 11 }),
      ],
      2,
    ),
  );

  const failed = audit(
    { name: 'stopped-half-way', goal: 'workload_balancing', strategy: 'workload_balance' },
    12 * 60 + 30,
  );
  plan(
    failed,
    'FAILED',
    inWaves(
      [
        migrate(a, elsewhere(a), where(a), { state: 'SUCCEEDED' }),
        migrate(b, where(b), elsewhere(b), { state: 'FAILED', statusMessage: 'No valid host' }),
        migrate(d, where(d), elsewhere(d), { state: 'ONGOING' }),
        migrate(e, where(e), elsewhere(e)),
      ],
      1,
    ),
  );
  const cancelling = audit({ name: 'being-stopped', goal: 'workload_balancing', strategy: 'workload_balance' }, 50);
  plan(cancelling, 'CANCELLING', [migrate(d, where(d), elsewhere(d), { state: 'CANCELLING' })]);
  const starting = audit({ name: 'just-started', goal: 'workload_balancing', strategy: 'workload_balance' }, 30);
  plan(starting, 'PENDING', [migrate(e, where(e), elsewhere(e))]);
  const expired = audit(
    { name: 'expired', goal: 'workload_balancing', strategy: 'workload_stabilization', parameters: STABILIZATION },
    26 * 60,
  );
  plan(expired, 'SUPERSEDED', [migrate(e, where(e), elsewhere(e))]);
  // Its audit was deleted; the plan stays.
  plan(expired, 'RECOMMENDED', [migrate(d, where(d), elsewhere(d))], { auditId: null });
}
