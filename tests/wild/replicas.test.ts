import { describe, expect, it } from 'vitest';
import { ask, servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, peaks, regionCpu, withNodes } from './cloud';
import { copies, type MachineOptions, machine, type NamedSeries, rules } from './series';

/** Replicas of Prometheus or vmagent whose samples lie side by side. */

const served = servedCloud();

const node = (name: string, more: Partial<MachineOptions> = {}): NamedSeries[] =>
  machine({ labels: { job: 'node', instance: `${name}:9100` }, nodename: name, busy: 0.3, ...more });

const MARKS = ['prometheus_replica', '__replica__', 'replica', 'receive_replica', 'vmagent', 'scraped_by', 'monitor'];

describe.each(MARKS)('copies marked by %s', (mark) => {
  it('count once', async () => {
    const { cloud } = served.serve(
      withNodes((hosts) =>
        copies(
          hosts.flatMap(({ name }) => node(name)),
          { [mark]: 'a' },
          { [mark]: 'b' },
        ),
      ),
    );
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], ram: [25, 25, 25, 25], cpus: [2, 2, 2, 2] });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
    expect(new Set(await historyOf(cloud.hosts[0]?.name ?? ''))).toEqual(new Set([30]));
    expect((await peaks()).peaks).toEqual([30, 30, 30, 30]);
    const { status, evidence } = await examined('machines');
    expect([status, evidence]).toEqual(['ok', expect.stringContaining(`only differ in ${mark} count once`)]);
  });
});

describe('copies', () => {
  it('of three replicas, one of which has only just started, count once', async () => {
    const now = Date.now();
    served.serve(
      withNodes((hosts) => [
        ...copies(
          hosts.flatMap(({ name }) => node(name)),
          { replica: 'a' },
          { replica: 'b' },
        ),
        ...copies(
          hosts.flatMap(({ name }) => node(name, { from: now - 60_000 })),
          { replica: 'c' },
        ),
      ]),
    );
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], cpus: [2, 2, 2, 2] });
  });

  it('of a pod that was just replaced count once', async () => {
    const now = Date.now();
    served.serve(
      withNodes((hosts) => [
        ...copies(
          hosts.flatMap(({ name }) => node(name)),
          { pod: 'node-exporter-x' },
        ),
        ...copies(
          hosts.flatMap(({ name }) => node(name, { from: now - 120_000 })),
          { pod: 'node-exporter-y' },
        ),
      ]),
    );
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], cpus: [2, 2, 2, 2] });
  });

  it('of recording rules count once', async () => {
    served.serve(
      withNodes((hosts) =>
        copies(
          hosts.flatMap(({ fqdn, ip }) => rules({ labels: { instance: `${ip}:9100`, fqdn }, busy: 0.3 })),
          { prometheus_replica: 'a' },
          { prometheus_replica: 'b' },
        ),
      ),
    );
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], cpus: [2, 2, 2, 2] });
    expect((await hostLoads()).reasons[0]).toBe('Its exporter reports no node_memory_MemTotal_bytes');
  });

  it('of recording rules for two sites are told apart', async () => {
    served.serve(
      withNodes((hosts) =>
        hosts.flatMap(({ fqdn, ip }) => {
          const labels = { instance: `${ip}:9100`, fqdn };
          return [
            ...rules({ labels: { ...labels, region: 'north' }, busy: 0.3 }),
            ...rules({ labels: { ...labels, region: 'south' }, busy: 0.78 }),
          ];
        }),
      ),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual([null, null, null, null]);
    expect(reasons[0]).toContain('told apart by region (north, south)');
  });

  it('that a label for replicas marks, but that are different machines, are told apart', async () => {
    served.serve(
      withNodes((hosts) =>
        hosts.flatMap((host, i) =>
          machine({
            labels: { job: 'node', instance: 'localhost:9100', prometheus_replica: host.name },
            nodename: host.name,
            busy: 0.1 * (i + 1),
          }),
        ),
      ),
    );
    expect((await hostLoads()).cpu).toEqual([10, 20, 30, 40]);
  });

  it('move as many points in a plan as the host has CPUs, each once', async () => {
    const cpusOf = async (...marks: Record<string, string>[]) => {
      served.serve(
        withNodes((hosts) =>
          copies(
            hosts.flatMap(({ name }) => node(name, { cpus: 16 })),
            ...marks,
          ),
        ),
      );
      const { body } = await ask('audit', { params: { id: 'stabilize-production' } });
      const migrations: { cpu_cores: number | null; source_points: number | null }[] = body.migrations;
      return migrations.map(({ cpu_cores: cores, source_points: points }) =>
        cores === null || points === null ? null : Math.round((100 * cores) / points),
      );
    };
    const twice = await cpusOf({ replica: 'a' }, { replica: 'b' });
    expect(twice.length).toBeGreaterThan(0);
    expect(new Set(twice)).toEqual(new Set([16]));
  });
});
