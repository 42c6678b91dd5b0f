import { hostAt, type SimHost, type SimServer } from './model';
import { inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Moves that Nova would refuse and audits that failed, each for a different reason. */
export function riskyPlans(tools: OptimizerTools): void {
  refusedMoves(tools);
  const { audit } = tools;
  audit(
    {
      name: 'maintenance-of-a-typo',
      strategy: 'host_maintenance',
      parameters: { maintenance_node: 'cmp-r99-01' },
      state: 'FAILED',
    },
    13 * 60 + 10,
  );
  audit(
    { name: 'failed-in-silence', strategy: 'workload_stabilization', parameters: STABILIZATION, state: 'FAILED' },
    13 * 60 + 20,
  );
  // One of its runs failed, so it will never run again.
  audit(
    {
      name: 'every-hour-once',
      strategy: 'workload_stabilization',
      parameters: STABILIZATION,
      type: 'CONTINUOUS',
      state: 'FAILED',
      interval: '3600',
    },
    13 * 60 + 30,
  );
}

/** A hand-made plan with one move for each reason to refuse it, as far as the cloud allows. */
function refusedMoves(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate } = tools;
  const hostOf = (server: SimServer) => hostAt(server, cloud.startedAt);
  const open = cloud.hosts.filter(({ up, enabled }) => up && enabled);
  const running = cloud.servers.filter(
    ({ status, locked, stays }) => status === 'ACTIVE' && !locked && stays.length === 1,
  );
  const [a, b, ...others] = running.slice(3);
  const moves = [
    move(
      a,
      cloud.hosts.find(({ enabled }) => !enabled),
    ),
    move(
      b,
      cloud.hosts.find(({ up }) => !up),
    ),
    move(
      cloud.servers.find(({ locked, status }) => locked && status === 'ACTIVE'),
      open[0],
    ),
    stoppedButLive(),
    together(),
    // With a UUID as destination, as some strategies write it; Nova does not recognise it as a host.
    byUuid(),
  ].filter((action) => action !== null);
  if (moves.length < 2) return;
  plan(
    audit({ name: 'what-nova-refuses', strategy: 'actuator', parameters: { actions: [] } }, 55),
    'RECOMMENDED',
    inWaves(moves, 2),
  );

  function move(server: SimServer | undefined, to: SimHost | undefined) {
    const from = server && hostOf(server);
    return server && from && to && from !== to ? migrate(server, from.name, to.name) : null;
  }

  function byUuid() {
    const to = open.at(-1);
    const server = others.find((other) => to && hostOf(other) && hostOf(other) !== to);
    return server && to ? migrate(server, hostOf(server)?.name ?? '', to.id) : null;
  }

  function stoppedButLive() {
    const stopped = cloud.servers.find((server) => server.status === 'SHUTOFF' && hostOf(server));
    const action = move(stopped, open[2]);
    if (action) action.parameters.migration_type = 'live';
    return action;
  }

  /** Moves a VM of an anti-affinity group to the host of another member. */
  function together() {
    const [one, other] = cloud.serverGroups.find(({ policy }) => policy === 'anti-affinity')?.members ?? [];
    return one && other ? move(one, hostOf(other) ?? undefined) : null;
  }
}
