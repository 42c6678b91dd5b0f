import type { Host } from '@/lib/contract/v1/hosts';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import type { SimHost } from '@/lib/simulation/model';
import type { Labels } from '@/lib/simulation/prometheus/series';
import type { SimulationOptions } from '@/lib/simulation/simulation';
import { ask } from '../routes/served-cloud';
import { type NamedSeries, storeOf } from './series';

/** A simulated cloud whose metrics are those of a real one, and what consumers see of it. */

/** Replaces all metrics whose names begin like these. */
const replaced =
  (prefixes: string[], build: (hosts: SimHost[]) => NamedSeries[]): SimulationOptions['metrics'] =>
  (own, cloud) => {
    const odd = storeOf(build(cloud.hosts));
    const isReplaced = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
    return {
      ...own,
      names: [...own.names.filter((name) => !isReplaced(name)), ...odd.names].sort(),
      series: (name, matchers) => (isReplaced(name) ? odd : own).series(name, matchers),
    };
  };

/** Four hosts with these series of machines in place of their node exporters. */
export const withNodes = (build: (hosts: SimHost[]) => NamedSeries[]): SimulationOptions => ({
  hosts: 4,
  servers: 40,
  metrics: replaced(['node_', 'instance:'], build),
});

/** The same with these series of VMs in place of the libvirt exporters. */
export const withVms = (build: (hosts: SimHost[]) => NamedSeries[]): SimulationOptions => ({
  hosts: 4,
  servers: 40,
  metrics: replaced(['libvirt', 'ceilometer_'], build),
});

/** A cloud whose openstack-exporter is there twice: the second one has these numbers. */
export const withExporters = (mark: Labels, change: (value: number) => number): SimulationOptions => ({
  hosts: 4,
  servers: 40,
  metrics: (own) => ({
    ...own,
    series: (name, matchers) => {
      const series = own.series(name, matchers);
      if (!name.startsWith('openstack_')) return series;
      const other = series.map(({ value, labels, ...rest }) => ({
        ...rest,
        labels: { ...labels, ...mark },
        value: (at: number) => change(value(at)),
      }));
      return [...series, ...other];
    },
  }),
});

const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 100) / 100);

/** CPU of each host in percent, and why it is unknown; as the API has it. */
export async function hostLoads() {
  const { body } = await ask('hosts', { query: '?audit=none' });
  const hosts: Host[] = body.hosts;
  return {
    cpu: hosts.map(({ cpu }) => round(cpu.used_percentage)),
    ram: hosts.map(({ ram }) => round(ram.used_percentage)),
    cpus: hosts.map(({ cpu }) => cpu.total),
    reasons: hosts.map(({ reason }) => reason),
  };
}

/** CPU of the region: CPUs and those in use. */
export async function regionCpu() {
  const { body } = await ask('overview');
  const { total, usage, hosts_measured: measured } = body.pcpu;
  return { total, usage: round(usage), measured };
}

export async function historyOf(name: string) {
  const { body } = await ask('hostHistory', { params: { name }, query: '?range=1h' });
  const points: { cpu_percentage: number | null }[] = body.points;
  return points.map(({ cpu_percentage: cpu }) => round(cpu));
}

/** The highest CPU of a day of each host, as the review of a plan uses it, and the checks that were not made. */
export async function peaks(audit = 'stabilize-production') {
  const { body } = await ask('planReview', { params: { id: audit, plan: 'newest' } });
  const hosts: { cpu_peak: number | null }[] = body.scene.hosts;
  const unchecked: { check: string }[] = body.scene.unchecked;
  return { peaks: hosts.map(({ cpu_peak: peak }) => round(peak)), unchecked: unchecked.map(({ check }) => check) };
}

/** A check of the doctor. */
export async function examined(id: string) {
  const { checks } = await runDoctor(defaultRegion().id);
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`The doctor has no check ${id}.`);
  return found;
}
