import type { MoveProblem } from '@/lib/contract/v1/audits';
import type { Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { Move } from '../plans/moves';
import { type Demand, demandOf, type LoadedHost } from './server-demand';

export type ProjectionInput = {
  /** In execution order. */
  moves: Move[];
  hosts: Map<string, LoadedHost>;
  servers: Map<string, Server>;
  /** Where these are now: the VMs of each host. */
  population: Map<string, Server[]>;
  /** Measured use by server id. */
  use: Record<string, ServerUse>;
  /**
   * `now`: moves that are done are in the load already, and a VM must be where the plan says.
   * `plan-creation`: the load is that of the moment the plan was made, when its VMs were where it says.
   */
  basis: 'now' | 'plan-creation';
};

export type HostProjection = {
  /** Cores and bytes that join (positive) or leave (negative) the host. */
  cpu: number;
  ram: number;
  vcpu: number;
  vram: number;
};

export type MoveOutcome = {
  move: Move;
  server: Server | undefined;
  demand: Demand;
  /** null where the move is fully in the projection. */
  problem: MoveProblem | null;
};

const NEVER: Record<string, MoveProblem> = {
  SKIPPED: 'skipped',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  CANCELLING: 'cancelled',
  DELETED: 'cancelled',
};

/**
 * Applies the moves of a plan in execution order: what a VM uses leaves the source and joins the destination.
 * A VM may move more than once; each move starts where the one before ended. A move without a known destination relieves
 * its source only. Nothing is clamped, so what leaves equals what joins where all destinations are known.
 */
export function projectMoves(input: ProjectionInput): {
  changes: Map<string, HostProjection>;
  outcomes: MoveOutcome[];
} {
  const positions = new Map<string, string | null>();
  const population = populate(input);
  const changes = new Map<string, HostProjection>();
  // What a VM uses is asked once, where it is before the plan: a chain carries the same load all the way.
  const demands = new Map<string, Demand>();
  const outcomes = input.moves.map((move): MoveOutcome => {
    const server = input.servers.get(move.serverId);
    const demand =
      demands.get(move.serverId) ??
      demandOf(move.serverId, positionOf(move, server, positions, input.basis), server, { ...input, population });
    demands.set(move.serverId, demand);
    const problem = checkMove(move, server, demand, positions, input);
    if (problem !== null && problem !== 'no-destination' && problem !== 'load-unknown')
      return { move, server, demand, problem };
    const destination = move.destination?.host ?? null;
    if (move.source.host !== null) change(changes, move.source.host, demand, -1);
    if (destination !== null) change(changes, destination, demand, +1);
    positions.set(move.serverId, destination);
    return { move, server, demand, problem };
  });
  return { changes, outcomes };
}

/** Where the VM is before this move: where an earlier move of the plan left it, else where the basis says. */
function positionOf(move: Move, server: Server | undefined, positions: Map<string, string | null>, basis: string) {
  const moved = positions.get(move.serverId);
  if (moved !== undefined) return moved;
  return basis === 'plan-creation' ? move.source.host : (server?.host ?? null);
}

function checkMove(
  move: Move,
  server: Server | undefined,
  demand: Demand,
  positions: Map<string, string | null>,
  { basis }: ProjectionInput,
): MoveProblem | null {
  const never = NEVER[move.state];
  if (never) return never;
  if (basis === 'now' && move.state === 'SUCCEEDED') return 'done';
  if (!server && (basis === 'now' || demand.cores === null)) return 'vm-gone';
  if (move.source.host === null) return 'source-unknown';
  if (move.destination !== null && move.destination.host === null) return 'destination-unknown';
  const position = positionOf(move, server, positions, basis);
  if (position !== move.source.host) {
    return position !== null && position === move.destination?.host ? 'already-there' : 'vm-elsewhere';
  }
  if (move.destination === null) return 'no-destination';
  return demand.cores === null ? 'load-unknown' : null;
}

/** The VMs of each host at the moment of the basis: now, or with the plan's VMs still on their sources. */
function populate({ servers, population: now, moves, basis }: ProjectionInput): Map<string, Server[]> {
  if (basis === 'now') return now;
  const population = new Map(now);
  const placed = new Set<string>();
  for (const { serverId, source } of moves) {
    const server = servers.get(serverId);
    // The first of its moves tells where it was.
    if (!server || placed.has(serverId)) continue;
    placed.add(serverId);
    const origin = source.host ?? server.host;
    if (origin === server.host) continue;
    if (server.host !== null) {
      population.set(
        server.host,
        (population.get(server.host) ?? []).filter((other) => other !== server),
      );
    }
    if (origin !== null) population.set(origin, [...(population.get(origin) ?? []), server]);
  }
  return population;
}

function change(changes: Map<string, HostProjection>, host: string, demand: Demand, sign: 1 | -1): void {
  const sum = changes.get(host) ?? { cpu: 0, ram: 0, vcpu: 0, vram: 0 };
  sum.cpu += sign * (demand.cores ?? 0);
  sum.ram += sign * (demand.ramBytes ?? 0);
  sum.vcpu += sign * demand.vcpus;
  sum.vram += sign * demand.flavorRamBytes;
  changes.set(host, sum);
}
