import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { recordMigration } from './migrations';
import { hostAt, type SimHost, type SimServer } from './model';
import { balanceAt, cameFrom, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Plans with the oddities of real clouds: deleted or moved VMs, unknown hosts, chained moves, every type of action. */
export function oddPlans(tools: OptimizerTools): void {
  const { cloud } = tools;
  const settled = cloud.servers.filter(
    ({ status, stays }) => status === 'ACTIVE' && stays.length === 1 && stays[0]?.host,
  );
  const [a, b, c, d, e] = settled.slice(-5);
  const [x, y, z] = cloud.hosts;
  if (!a || !b || !c || !d || !e || !x || !y || !z) return;
  halfOutdated(tools, [a, b, c, d, e], [x, y, z]);
  running(tools, [a, b, c, d, e], z);
}

/** Names of the host that a VM is on, and of another one. */
const places = ({ cloud }: OptimizerTools) => {
  const hostOf = (server: SimServer) => hostAt(server, cloud.startedAt);
  const otherThan = (server: SimServer) => cloud.hosts.find((host) => host.up && host !== hostOf(server));
  return {
    otherThan,
    where: (server: SimServer) => hostOf(server)?.name ?? '',
    elsewhere: (server: SimServer) => otherThan(server)?.name ?? '',
  };
};

type Five<T> = [T, T, T, T, T];

function halfOutdated(tools: OptimizerTools, [a, b, c, d, e]: Five<SimServer>, [x, y, z]: [SimHost, SimHost, SimHost]) {
  const { audit, plan, migrate, action, random } = tools;
  const { where, elsewhere } = places(tools);
  const chain = migrate(a, where(a), elsewhere(a));
  const chainEnd = migrate(a, elsewhere(a), z.name, { parents: [chain.id] });
  plan(
    audit({ name: 'half-outdated', strategy: 'workload_stabilization', parameters: STABILIZATION }, 90),
    'RECOMMENDED',
    [
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
    ],
  );
}

/** One plan in each state other than recommended and succeeded. */
function running(tools: OptimizerTools, [a, b, c, d, e]: Five<SimServer>, last: SimHost) {
  const { audit, plan, migrate, action, random } = tools;
  const { where, elsewhere, otherThan } = places(tools);
  /** A migration that was completed a minute after its audit. */
  const done = (server: SimServer, at: number) => {
    const source = otherThan(server);
    const endedAt = at + MINUTE_MS;
    if (source) cameFrom(tools.cloud, server, { source, at: endedAt });
    return migrate(server, source?.name ?? '', where(server), { state: 'SUCCEEDED', updatedAt: endedAt });
  };

  const parameters = {
    actions: [{ action_type: 'nop', input_parameters: { message: 'begin' } }],
  };
  const byHand = audit({ name: 'by-hand', strategy: 'actuator', parameters }, 40);
  recordMigration(tools.cloud, {
    server: c,
    source: hostAt(c, byHand.createdAt),
    destination: otherThan(c) ?? null,
    startedAt: byHand.createdAt + MINUTE_MS + SECOND_MS,
    endedAt: null,
  });
  plan(
    byHand,
    'ONGOING',
    inWaves(
      [
        action('nop', { message: 'begin' }, { state: 'SUCCEEDED' }),
        done(b, byHand.createdAt),
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
        action('change_node_power_state', { resource_id: last.id, resource_name: last.name, state: 'off' }),
        action('rebuild_the_world', { level: 11 }),
      ],
      2,
    ),
  );

  const failed = audit(
    { name: 'stopped-half-way', strategy: 'workload_balance', parameters: balanceAt(40) },
    12 * 60 + 30,
  );
  const endedAt = failed.createdAt + 15 * MINUTE_MS;
  recordMigration(tools.cloud, {
    server: b,
    source: hostAt(b, endedAt),
    destination: null,
    startedAt: endedAt - 22 * SECOND_MS,
    endedAt: endedAt - 20 * SECOND_MS,
    ended: 'error',
  });
  plan(
    failed,
    'FAILED',
    inWaves(
      [
        done(a, failed.createdAt),
        migrate(b, where(b), elsewhere(b), { state: 'FAILED', statusMessage: 'No valid host was found.' }),
        migrate(d, where(d), elsewhere(d), { state: 'ONGOING' }),
        migrate(e, where(e), elsewhere(e)),
      ],
      1,
    ),
    { updatedAt: endedAt },
  );
  const cancelling = audit({ name: 'being-stopped', strategy: 'workload_balance', parameters: balanceAt(35) }, 50);
  plan(cancelling, 'CANCELLING', [migrate(d, where(d), elsewhere(d), { state: 'CANCELLING' })]);
  const starting = audit({ name: 'just-started', strategy: 'workload_balance', parameters: balanceAt(20) }, 30);
  plan(starting, 'PENDING', [migrate(e, where(e), elsewhere(e))]);
  const expired = audit({ name: 'expired', strategy: 'workload_stabilization', parameters: STABILIZATION }, 26 * 60);
  plan(expired, 'SUPERSEDED', [migrate(e, where(e), elsewhere(e))]);
  // A plan whose audit was deleted.
  plan(expired, 'RECOMMENDED', [migrate(d, where(d), elsewhere(d))], { auditId: null });
}
