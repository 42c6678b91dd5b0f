import { MIB } from '@/lib/units';
import type { HostLoad } from '../load';
import type { SimHost } from '../model';
import { type Labels, lasting, type Makers, passes, type Series } from './series';

/** Shares of busy time by mode. Guests run in user mode, and the machines are not virtual, so there is no steal. */
const BUSY_MODES: Record<string, number> = {
  user: 0.7,
  system: 0.22,
  iowait: 0.05,
  softirq: 0.03,
  nice: 0,
  irq: 0,
  steal: 0,
};
/** One CPU of a machine; its series are in the order of `MODES`. */
type CpuSeries = { cpu: string; series: Series[] };

const MODES = ['idle', ...Object.keys(BUSY_MODES)];

export const NODE_PORT = 9100;
export const nodeLabels = ({ ip }: SimHost): Labels => ({ job: 'node', instance: `${ip}:${NODE_PORT}` });

/** node_exporter on compute hosts and controllers, with addresses as instance names, as in kolla-ansible. */
export function nodeExporter(machines: SimHost[], load: HostLoad, start: number): Makers {
  const gauge =
    (value: (host: SimHost, at: number) => number, more: (host: SimHost) => Labels = () => ({})): Makers[string] =>
    (matchers) =>
      machines
        .filter((host) => passes(matchers, 'instance', nodeLabels(host).instance ?? ''))
        .map((host) => lasting({ ...nodeLabels(host), ...more(host) }, start, (at) => value(host, at)));

  const cpusOf = new Map<SimHost, CpuSeries[]>();
  /** Made once: a cloud has hundreds of thousands. */
  const cpuSeries = (host: SimHost): CpuSeries[] => {
    const known = cpusOf.get(host);
    if (known) return known;
    // All CPUs of a machine are equally busy, so the share is computed once per time.
    const busy = memoized((at) => load.busySeconds(host, start, at) / host.threads);
    const made = Array.from({ length: host.threads }, (_, number): CpuSeries => {
      const cpu = String(number);
      const series = MODES.map((mode) => {
        const share = BUSY_MODES[mode];
        return lasting({ ...nodeLabels(host), cpu, mode }, start, (at) =>
          share === undefined ? (at - start) / 1000 - busy(at) : busy(at) * share,
        );
      });
      return { cpu, series };
    });
    cpusOf.set(host, made);
    return made;
  };

  return {
    node_cpu_seconds_total: (matchers) => {
      const wanted = MODES.flatMap((mode, at) => (passes(matchers, 'mode', mode) ? [at] : []));
      const found: Series[] = [];
      for (const host of machines) {
        if (!passes(matchers, 'instance', nodeLabels(host).instance ?? '')) continue;
        for (const { cpu, series } of cpuSeries(host)) {
          if (!passes(matchers, 'cpu', cpu)) continue;
          for (const at of wanted) {
            const one = series[at];
            if (one) found.push(one);
          }
        }
      }
      return found;
    },
    node_memory_MemTotal_bytes: gauge(({ ramMib }) => ramMib * MIB),
    node_memory_MemAvailable_bytes: gauge((host, at) => (host.ramMib - load.ramUsedMib(host, at)) * MIB),
    node_memory_HugePages_Total: gauge(() => 0),
    node_memory_HugePages_Free: gauge(() => 0),
    node_memory_Hugepagesize_bytes: gauge(() => 2 * MIB),
    node_uname_info: gauge(
      () => 1,
      ({ name }) => ({
        domainname: '(none)',
        machine: 'x86_64',
        nodename: name,
        release: '6.1.0-37-amd64',
        sysname: 'Linux',
        version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)',
      }),
    ),
    node_boot_time_seconds: gauge(() => start / 1000),
  };
}

const KEPT_TIMES = 8;

/** Keeps the values at a few times: a query evaluates it at two, once for every CPU. */
function memoized(compute: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const value = known.get(at) ?? compute(at);
    if (known.size >= KEPT_TIMES && !known.has(at)) known.clear();
    known.set(at, value);
    return value;
  };
}
