import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '@/lib/domain/projection/snapshot';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { type Cloud, clouds } from './clouds';
import { sceneWith } from './scenes';

const RUNS = { seed: 20261129, numRuns: 400 };

const sceneOf = (cloud: Cloud) => sceneWith(cloud, new Map());

describe('whatever a plan or a variant moves', () => {
  it('leaves no host below 0', () => {
    fc.assert(
      fc.property(clouds, fc.subarray(['h1', 'h2', 'h3', 'h4', 'h5']), (cloud, empty) => {
        const { hosts } = reviewPlan(sceneOf(cloud), { ...noVariant(), empty });
        for (const { cpu_after, ram_after, vcpu_after, vram_after } of hosts) {
          const lowest = Math.min(cpu_after ?? 0, ram_after ?? 0, vcpu_after ?? 0, vram_after ?? 0);
          expect(lowest).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  it('takes no more from a host than it uses, and leaves it the rest', () => {
    fc.assert(
      fc.property(clouds, (cloud) => {
        const { describeVm } = takeSnapshot(cloud.cluster, cloud.use);
        for (const { servers, cpu, ram } of cloud.cluster.hosts) {
          const vms = servers.map(({ id }) => describeVm(id));
          const cores = vms.reduce((sum, vm) => sum + (vm?.cores ?? 0), 0);
          const bytes = vms.reduce((sum, vm) => sum + (vm?.ram_used ?? 0), 0);
          if (cpu.used !== null) expect(cores).toBeLessThanOrEqual(cpu.used * (1 + 1e-9));
          if (ram.used !== null) expect(bytes).toBeLessThanOrEqual(ram.used * (1 + 1e-9));
        }
      }),
      RUNS,
    );
  });

  it('leaves a drained host what it uses beyond its VMs', () => {
    fc.assert(
      fc.property(clouds, fc.constantFrom('h1', 'h2', 'h3'), (cloud, host) => {
        const scene = { ...sceneOf(cloud), steps: [] };
        const { moves, hosts } = reviewPlan(scene, { ...noVariant(), empty: [host] });
        const own = scene.hosts.find(({ name }) => name === host);
        const leaving = new Set(moves.flatMap(({ destination, vm_id }) => (destination === null ? [] : [vm_id])));
        const taken = scene.vms.reduce((sum, { id, cores }) => sum + (leaving.has(id) ? (cores ?? 0) : 0), 0);
        const after = hosts.find((row) => row.host === host)?.cpu_after ?? null;
        if (own?.cpu_used == null || own.cpu_total === null) expect(after).toBeNull();
        else expect(after).toBeCloseTo((100 * (own.cpu_used - taken)) / own.cpu_total, 6);
      }),
      RUNS,
    );
  });
});
