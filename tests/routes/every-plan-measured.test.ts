import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditList } from '@/lib/contract/v1/audits';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import { coreSeconds, ramUsedMib } from '@/lib/simulation/load';
import type { SimAction, SimHost, SimServer } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { MIB } from '@/lib/units';
import { ask, servedCloud } from './served-cloud';

/** A thousand hosts and more proposed moves than could be asked about VM by VM: every figure is made of measured use. */

const served = servedCloud({}, { UPSTREAM_TIMEOUT: '120' });

/** The simulated Prometheus evaluates all VMs in JavaScript. */
const TIMEOUT_MS = 240_000;
const PLANS = 27;
const MOVES = 1_000;
const WINDOW_MS = 300_000;
/** Of two figures with one decimal. */
const ROUNDING = 0.11;

type Moved = { server: SimServer; from: SimHost; to: SimHost };

// Counters are read at this very time, so that figures can be compared to the last digit.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
afterEach(() => void vi.useRealTimers());

/** Gives the newest plan of 27 audits a thousand moves each, together of almost all VMs. */
function proposeMoves({ cloud, occupancy }: Simulation): Map<string, Moved[]> {
  const now = Date.now();
  const hosts = cloud.hosts.filter(({ up, enabled }) => up && enabled);
  const running = hosts.flatMap((from) =>
    occupancy
      .guests(from, now)
      .filter(({ status, stays }) => status === 'ACTIVE' && (stays.at(-1)?.from ?? now) < now - WINDOW_MS)
      .map((server) => ({ server, from })),
  );
  const proposed = new Map<string, Moved[]>();
  for (const plan of cloud.plans) {
    if (plan.auditId === null || plan.deletedAt !== undefined || proposed.has(plan.auditId)) continue;
    if (proposed.size === PLANS) break;
    const moves = Array.from({ length: MOVES }, (_, i): Moved[] => {
      const vm = running[(proposed.size * 200 + i) % running.length];
      const to = hosts[(proposed.size * 31 + i * 7) % hosts.length];
      return vm && to && to !== vm.from ? [{ ...vm, to }] : [];
    }).flat();
    plan.state = 'RECOMMENDED';
    plan.actions = moves.map(
      ({ server, from, to }, i): SimAction => ({
        id: `${plan.id.slice(0, -8)}${String(i).padStart(8, '0')}`,
        type: 'migrate',
        state: 'PENDING',
        parameters: {
          migration_type: 'live',
          source_node: from.name,
          destination_node: to.name,
          resource_id: server.id,
          resource_name: server.name,
        },
        parents: [],
        statusMessage: null,
      }),
    );
    proposed.set(plan.auditId, moves);
  }
  return proposed;
}

/** Cores and bytes that arrive at each host of a plan, less those that leave. */
function exactChanges(moves: Moved[]): Map<string, { cores: number; ram: number }> {
  const now = Date.now();
  const changes = new Map<string, { cores: number; ram: number }>();
  for (const { server, from, to } of moves) {
    const cores = (coreSeconds(server, now - WINDOW_MS, now) * 1000) / WINDOW_MS;
    for (const [{ name }, sign] of [[from, -1] as const, [to, 1] as const]) {
      const own = changes.get(name) ?? { cores: 0, ram: 0 };
      changes.set(name, { cores: own.cores + sign * cores, ram: own.ram + sign * ramUsedMib(server) * MIB });
    }
  }
  return changes;
}

describe('27,000 proposed moves on 1,000 hosts', () => {
  it(
    'have the load after each plan that exact use gives, on every host',
    async () => {
      const simulation = served.serve({ hosts: 1_000, servers: 6_000, audits: 60 });
      const proposed = proposeMoves(simulation);
      const ramOf = new Map(simulation.cloud.hosts.map(({ name, ramMib }) => [name, ramMib * MIB]));
      const [first = ''] = proposed.keys();
      // The first reading takes longer than an answer waits; until it is complete, answers say that they estimate.
      while ((await ask('audit', { params: { id: first } })).body.projection?.confidence !== 'measured');
      const { audits }: AuditList = (await ask('auditList', { query: '?limit=100' })).body;
      const wrong: string[] = [];
      let compared = 0;
      for (const [id, moves] of proposed) {
        const { projection, outcome } = (await ask('audit', { params: { id } })).body;
        expect(projection).toMatchObject({ confidence: 'measured', coverage: { moves: moves.length, estimated: 0 } });
        expect(outcome.moves_estimated).toBe(0);
        expect(audits.find((audit) => audit.id === id)?.effect?.moves_estimated).toBe(0);
        const changes = exactChanges(moves);
        const rows: ProjectedHost[] = projection.hosts;
        for (const { host, logical_cpus: cpus, cpu_now, cpu_after, ram_now, ram_after } of rows) {
          if (cpu_now === null || ram_now === null || cpus === null) continue;
          const { cores, ram } = changes.get(host) ?? { cores: 0, ram: 0 };
          const [cpu, memory] = [cpu_now + (100 * cores) / cpus, ram_now + (100 * ram) / (ramOf.get(host) ?? 0)];
          compared++;
          if (Math.abs((cpu_after ?? 0) - cpu) > ROUNDING) wrong.push(`${id} ${host}: CPU ${cpu_after}, not ${cpu}`);
          if (Math.abs((ram_after ?? 0) - memory) > ROUNDING)
            wrong.push(`${id} ${host}: RAM ${ram_after}, not ${memory}`);
        }
      }
      expect(compared).toBeGreaterThan(PLANS * 900);
      expect(wrong).toEqual([]);
      expect(proposed.size).toBe(PLANS);
    },
    TIMEOUT_MS,
  );
});
