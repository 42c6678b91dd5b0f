import { MIB } from '../units';
import { duration, labelList, matching, named, newest, newestAt, oneOf, slope, union } from './promql';
import type { ServerUseSource } from './records';
import { type MetricSettings, POLL_SECONDS } from './settings';

/** PromQL about the usage of VMs. Every query is a union of vectors, distinguished by the label `m`. */

type SourceSpec = {
  /** Which of METRICS_*_SELECTOR applies. */
  selector: 'libvirt' | 'ceilometer';
  /** Metric with the VM's id on every series, and the label that has it by default. */
  named: string;
  label: string;
  /** CPU time, and the part of a second that it counts in. */
  counter: string;
  perSecond: number;
  /** What metrics about the memory of guests begin with, as in `…_available_bytes` and `…_usable_bytes`. */
  guests: string[];
  /** Metrics of the memory in use, in MiB. */
  used: string[];
};

const CPU_TIME = 'libvirt_domain_info_cpu_time_seconds_total';
const LIBVIRT: Omit<SourceSpec, 'named' | 'label'> = {
  selector: 'libvirt',
  counter: CPU_TIME,
  perSecond: 1,
  guests: ['libvirt_domain_memory_stats', 'libvirt_domain_stat_memory'],
  used: [],
};

/**
 * Sources of the usage of VMs, the most accurate first. Libvirt exporters differ in where they put the VM's id: on every
 * series, or in a metric of its own.
 */
export const SERVER_SOURCES: Record<ServerUseSource, SourceSpec> = {
  'libvirt-uuid': { ...LIBVIRT, named: CPU_TIME, label: 'uuid' },
  'libvirt-instance-id': { ...LIBVIRT, named: CPU_TIME, label: 'instanceId' },
  'libvirt-inovex': { ...LIBVIRT, named: 'libvirt_domain_openstack_info', label: 'instance_id' },
  'libvirt-tinkoff': { ...LIBVIRT, named: 'libvirt_domain_info_meta', label: 'uuid' },
  // libvirtd_exporter counts nanoseconds and does not report used memory.
  libvirtd: {
    ...LIBVIRT,
    named: 'libvirtd_domain_cpu_time',
    counter: 'libvirtd_domain_cpu_time',
    label: 'uuid',
    perSecond: 1e9,
    guests: [],
  },
  // Ceilometer counts nanoseconds and reports used memory in MiB. (ceilometer_cpu_total from its first exporter is useless: it
  // sums values that are already totals.)
  ceilometer: {
    selector: 'ceilometer',
    named: 'ceilometer_cpu',
    counter: 'ceilometer_cpu',
    label: 'resource',
    perSecond: 1e9,
    guests: [],
    used: ['ceilometer_memory_usage'],
  },
};

/** All of them, in the same order. */
export const SOURCES = Object.keys(SERVER_SOURCES) as ServerUseSource[]; // The keys of a record of exactly these.

/** Whether the VM's id is on every series, and not in a metric of its own. */
export const hasIds = (source: ServerUseSource): boolean =>
  SERVER_SOURCES[source].named === SERVER_SOURCES[source].counter;

/** Windows in ms: for the mean, and how far back to look for the newest value. */
export type UseWindows = { mean: number; lookback: number | null };

type Asked = { settings: MetricSettings; source: ServerUseSource; windows: UseWindows };

/** Where the ids of VMs are: in a label of every series, or of a metric that has these labels more than the others. */
export type IdPlace = { label: string; extra: string[] | null };

const scaled = (cores: string, { perSecond }: SourceSpec) => (perSecond === 1 ? cores : `${cores} / ${perSecond}`);

export const SERVER_QUERIES = {
  /**
   * CPU and RAM of VMs. m: cores (mean over the window), young (existed not yet one window ago), now (newest values of the
   * counter and of the metrics about memory, distinguished by metric name).
   *
   * @param matchers limit the VMs
   */
  use({ settings, source, windows }: Asked, ...matchers: string[]): string {
    const spec = SERVER_SOURCES[source];
    const all = [...matchers, settings.selectors[spec.selector]];
    const series = `${spec.counter}${matching(...all)}`;
    const names = [spec.counter, ...spec.guests.map((name) => `${name}_(available|usable)_bytes`), ...spec.used];
    const values = names.length === 1 ? series : matching(`__name__=~"${names.join('|')}"`, ...all);
    const window = duration(windows.mean);
    // Not rate(): VictoriaMetrics divides by the life of a series, and a VM that moves has a short one on either host.
    const cores = `increase(${series}[${window}]) / ${windows.mean / 1000}`;
    return union(
      named('cores', scaled(cores, spec)),
      named('young', `${newest(series, windows.lookback)} unless ${newestAt(series, windows.lookback, window)}`),
      named('now', newest(values, windows.lookback)),
    );
  },

  /** CPU of young VMs over their own life. m: life. */
  life({ settings, source, windows }: Asked, ...matchers: string[]): string {
    const spec = SERVER_SOURCES[source];
    const series = `${spec.counter}${matching(...matchers, settings.selectors[spec.selector])}`;
    const range = `${series}[${duration(windows.mean)}]`;
    // VictoriaMetrics counts the first sample of a series as a change, even of one that is always 0.
    const polls = `(changes(${range}) - changes((${series} * 0)[${duration(windows.mean)}:${POLL_SECONDS / 4}s]))`;
    const cores =
      source === 'ceilometer'
        ? `(${series} - min_over_time(${range})) / (${polls} * ${POLL_SECONDS})`
        : slope(series, duration(windows.mean));
    return named('life', scaled(cores, spec));
  },

  /**
   * CPU and RAM of all VMs, two short rows for each. m: cores (mean over the window), ram (bytes in use), odd (a VM that did not
   * exist one window ago, or that has a name but no counter: its use is not what `cores` says).
   *
   * @param matchers limit the VMs
   * @returns parts of one query
   * @throws (the server) if two VMs have one domain on one target
   */
  all({ settings, source, windows }: Asked, { label, extra }: IdPlace, ...matchers: string[]): string[] {
    const spec = SERVER_SOURCES[source];
    const all = [...matchers, settings.selectors[spec.selector]];
    const own = extra === null ? [`${label}!=""`, ...all] : all;
    const [window, by] = [duration(windows.mean), `by (${label})`];
    const last = (name: string) => newest(`${name}${matching(...own)}`, windows.lookback);
    const series = `${spec.counter}${matching(...own)}`;
    const [now, before] = [last(spec.counter), newestAt(series, windows.lookback, window)];
    const others = labelList((extra ?? []).filter((name) => name !== label));
    const infos = `max without (${others}) (${newest(`${spec.named}${matching(`${label}!=""`, ...all)}`, windows.lookback)})`;
    const match = `ignoring (${labelList(extra ?? [])})`;
    const identified = (vector: string) =>
      extra === null ? vector : `${vector} * ${match} group_left (${label}) ${infos}`;
    const cores = `(${scaled(`increase(${series}[${window}]) / ${windows.mean / 1000}`, spec)} and ${now})`;
    const count = (vector: string) => `count ${by} (${identified(vector)})`;
    const odd = [
      `(${count(now)} unless on (${label}) ${count(`(${now} and ${before})`)})`,
      ...(extra === null ? [] : [`count ${by} (${infos} unless ${match} ${now})`]),
    ];
    const ram = [
      ...spec.guests.map(
        (name) => `clamp_min((${last(`${name}_available_bytes`)} > 0) - ${last(`${name}_usable_bytes`)}, 0)`,
      ),
      ...spec.used.map((name) => `${last(name)} * ${MIB}`),
    ];
    return [
      named('cores', `max ${by} (${identified(cores)})`),
      named('odd', union(...odd)),
      ...ram.map((bytes) => named('ram', `max ${by} (${identified(`(${bytes})`)})`)),
    ];
  },

  /** One series of the metric that names VMs, and one counter, to see which labels differ. m: info, counter. */
  samples({ settings, source }: Asked, label: string): string {
    const { named: metric, counter, selector } = SERVER_SOURCES[source];
    const own = settings.selectors[selector];
    return union(
      named('info', `topk(1, ${metric}${matching(`${label}!=""`, own)})`),
      named('counter', `topk(1, ${counter}${matching(own)})`),
    );
  },

  /**
   * Maps domains and targets to VMs, for exporters whose CPU time has no VM id; `label` contains it. Covers one window, so
   * that it includes a host that a VM has just left.
   */
  domains({ settings, source, windows }: Asked, label: string, ids: string[]): string {
    const { named: metric, selector } = SERVER_SOURCES[source];
    const series = `${metric}${matching(oneOf(label, ids), settings.selectors[selector])}`;
    return `last_over_time(${series}[${duration(windows.mean)}])`;
  },
} as const;
