import type { Metrics } from './metrics';
import { duration, exactly, labelList, matching, named, newest, newestAt, oneOf, slope, union } from './promql';
import { lookback, nodeWindow } from './settings';
import { NO_IDENTITY } from './target-identity';

/**
 * PromQL about machines. Every query is a union of vectors, distinguished by the label `m`. An idle share is always the rate
 * of the idle counters alone, since other modes may have been dropped.
 */

type Context = Pick<Metrics, 'settings' | 'exporters'>;

/** The modes that node_exporter reports on Linux. With all of them, their sum is the time that has passed. */
const ALL_MODES = 8;

/** Labels that identify a target, and so a machine. */
export const identityLabels = ({ settings, exporters }: Context): string[] => [
  ...new Set(['job', 'instance', ...settings.hostLabels, ...exporters.identity.labels]),
];

/** The pieces that the queries have in common. */
function piecesOf(context: Context) {
  const { settings, exporters } = context;
  const { node } = settings.selectors;
  const by = labelList(identityLabels(context));
  const copies = exporters.identity.replicas;
  const lookbackMs = lookback(exporters.nodeIntervalSeconds);
  const idleModes = oneOf('mode', settings.idleModes);
  const cpu = (...matchers: string[]) => `node_cpu_seconds_total${matching(...matchers, node)}`;
  return {
    by,
    window: duration(nodeWindow(settings, exporters)),
    idleModes,
    cpu,
    gauge: (name: string, ...matchers: string[]) => newest(`${name}${matching(...matchers, node)}`, lookbackMs),
    last: (series: string) => newest(series, lookbackMs),
    /** Each copy of a target once. */
    once: (vector: string) => (copies.length === 0 ? vector : `max without (${labelList(copies)}) (${vector})`),
    /** Mean over the CPUs of each target, given the idle rate of each series. A copy that began late has lower rates. */
    share(rates: string): string {
      const perCpu = `clamp(${settings.idleModes.length === 1 ? rates : `sum without (mode) (${rates})`},0,1)`;
      return `avg by (${by}) (${copies.length === 0 ? perCpu : `max by (${by},cpu) (${perCpu})`})`;
    },
    /** CPUs of each target, each once. */
    countCpus: (series: string) =>
      `count by (${by}) (${copies.length === 0 ? series : `count by (${by},cpu) (${series})`})`,
  };
}

/** One series per target: of those that it is alive by, one that has all of its labels. */
function anchor({ cpu, last, gauge }: ReturnType<typeof piecesOf>, isRecorded: boolean): string {
  if (isRecorded) return gauge('instance:node_num_cpu:sum');
  return `(max without (cpu,mode) (${last(cpu('cpu="0"', 'mode="idle"'))}) or ${gauge('node_memory_MemTotal_bytes')})`;
}

/**
 * The rate of each series, over its own life if it is younger than the window; nothing if it restarted within the window.
 *
 * @param age how old a younger series must be; null for any age
 */
function steadyRate(series: string, window: string, age: string | null): string {
  const young = age === null ? slope(series, window) : `(${slope(series, window)} and (${series} offset ${age}))`;
  const settled = `(rate(${series}[${window}]) and (${series} offset ${window}))`;
  return `((${settled} unless (resets(${series}[${window}]) > 0)) or ${young})`;
}

export const NODE_QUERIES = {
  /**
   * One row per target. m: idle (share 0 to 1), cpus (logical CPUs), mem_total, mem_avail, huge_free (bytes), boot (s since the
   * epoch), uname (with the label nodename).
   */
  node(context: Context): string {
    const { by, cpu, window, idleModes, share, countCpus, last, gauge } = piecesOf(context);
    const max = (vector: string) => `max by (${by}) (${vector})`;
    const memory = (name: string) => gauge(`node_memory_${name}`);
    return union(
      named('idle', share(`rate(${cpu(idleModes)}[${window}])`)),
      named('cpus', countCpus(last(cpu('mode="idle"')))),
      named('mem_total', max(memory('MemTotal_bytes'))),
      named('mem_avail', max(memory('MemAvailable_bytes'))),
      named('huge_free', max(`${memory('HugePages_Free')} * ${memory('Hugepagesize_bytes')}`)),
      named('boot', max(gauge('node_boot_time_seconds'))),
      named('uname', `max by (${by},nodename) (${gauge('node_uname_info')})`),
    );
  },

  /**
   * Rows for targets that something is odd about, usually none. m: twins (several machines or unknown copies), young (some of
   * its CPUs came or went within the window, or all did), restarted (its counters did within the window), lacking (not all modes that count as idle).
   */
  oddities(context: Context): string {
    const pieces = piecesOf(context);
    const { by, cpu, window, idleModes, last, once } = pieces;
    const { settings, exporters } = context;
    const first = cpu('cpu="0"', 'mode="idle"');
    const idle = cpu('mode="idle"');
    const [now, before] = [last(idle), newestAt(idle, lookback(exporters.nodeIntervalSeconds), window)];
    const modes = last(cpu('cpu="0"', idleModes));
    const complete =
      settings.idleModes.length === 1
        ? `count by (${by}) (${modes})`
        : `(count by (${by}) (count by (${by},mode) (${modes})) == ${settings.idleModes.length})`;
    return union(
      named('twins', `count by (${by}) (${once(anchor(pieces, false))}) > 1`),
      named('young', `count by (${by}) ((${now} unless ${before}) or (${before} unless ${now}))`),
      named('restarted', `max by (${by}) (resets(${first}[${window}])) > 0`),
      named('lacking', `count by (${by}) (${last(cpu('cpu="0"'))}) unless on (${by}) ${complete}`),
    );
  },

  /**
   * Idle shares of young and restarted targets, by the CPUs that exist now: others may be those of a machine that was replaced.
   * m: slope (over the target's life, if it did not restart), whole (idle time by
   * the time that all modes account for, if all are there).
   *
   * @param some a matcher that limits the targets; may be empty
   */
  odd(context: Context, some: string): string {
    const { by, cpu, window, idleModes, share, last } = piecesOf(context);
    const idle = cpu(idleModes, some);
    const sum = (series: string) => `sum by (${by}) (rate(${series}[${window}]) and ${last(series)})`;
    return union(
      named('slope', share(`(${slope(idle, window)} and ${last(idle)})`)),
      named(
        'whole',
        `(${sum(idle)} / ${sum(cpu(some))}) and on (${by}) (count by (${by}) (count by (${by},mode) (${cpu('cpu="0"', some)})) >= ${ALL_MODES})`,
      ),
    );
  },

  /**
   * One target over time. m: idle (share), modes (of those that count as idle), memory (bytes, by metric name).
   *
   * @param labels all of the target's labels
   */
  history(context: Context, labels: Record<string, string>, windowMs: number): string {
    const { cpu, idleModes, last, gauge } = piecesOf(context);
    const own = exactly(labels, identityLabels(context));
    const idle = cpu(idleModes, own);
    const rates = steadyRate(idle, duration(windowMs), null);
    const perCpu = context.settings.idleModes.length === 1 ? rates : `sum without (mode) (${rates})`;
    return union(
      named('idle', `avg(max by (cpu) (clamp(${perCpu},0,1)))`),
      named('modes', `count(count by (mode) (${last(idle)}))`),
      named('memory', `max by (__name__) (${gauge('', '__name__=~"node_memory_Mem(Total|Available)_bytes"', own)})`),
    );
  },

  /** All targets over time. m: idle (share), or busy from recording rules. */
  allOverTime(context: Context, windowMs: number): string {
    const { by, cpu, idleModes, share, gauge } = piecesOf(context);
    return context.exporters.hosts === 'recording-rules'
      ? named('busy', `max by (${by}) (${gauge('instance:node_cpu_utilisation:rate1m')})`)
      : named('idle', share(`rate(${cpu(idleModes)}[${duration(windowMs)}])`));
  },

  /**
   * The lowest idle share of each target within a span, of means over a step. A target that began within the span counts once
   * it has reported for a usual window.
   */
  leastIdle(context: Context, some: string, { spanMs, stepMs }: { spanMs: number; stepMs: number }): string {
    const { cpu, idleModes, share, window } = piecesOf(context);
    const rates = steadyRate(cpu(idleModes, some), duration(stepMs), window);
    return `min_over_time((${share(rates)})[${duration(spanMs)}:${duration(stepMs)}])`;
  },

  /**
   * Whether some targets agree in their usual labels, or did within the last half hour; a row if so. m: twins, twins_of_rules.
   *
   * @returns parts of one query
   */
  mayHaveTwins(context: Context): string[] {
    const slow = { ...context.exporters, identity: NO_IDENTITY, nodeIntervalSeconds: 600 };
    const pieces = piecesOf({ ...context, exporters: slow });
    const twins = (isRecorded: boolean) => `count(count by (${pieces.by}) (${anchor(pieces, isRecorded)}) > 1)`;
    return [named('twins', twins(false)), named('twins_of_rules', twins(true))];
  },

  /** RHOSO's recording rules, if only they are available. m: busy (share), cpus, twins. */
  recordedNode(context: Context): string {
    const pieces = piecesOf(context);
    const { by, gauge, once } = pieces;
    return union(
      named('busy', `max by (${by}) (${gauge('instance:node_cpu_utilisation:rate1m')})`),
      named('cpus', `max by (${by}) (${gauge('instance:node_num_cpu:sum')})`),
      named('twins', `count by (${by}) (${once(anchor(pieces, true))}) > 1`),
    );
  },

  /** The history of one target from the recording rules, which have no memory. m: busy (share). */
  recordedHistory(context: Context, labels: Record<string, string>): string {
    const own = exactly(labels, identityLabels(context));
    return named('busy', `max(${piecesOf(context).gauge('instance:node_cpu_utilisation:rate1m', own)})`);
  },

  /** The highest busy share of each target within a span, from the recording rules. */
  recordedMostBusy(context: Context, some: string, spanMs: number): string {
    const { by } = piecesOf(context);
    const series = `instance:node_cpu_utilisation:rate1m${matching(some, context.settings.selectors.node)}`;
    return `max by (${by}) (max_over_time(${series}[${duration(spanMs)}]))`;
  },

  /**
   * What is known of every target that agrees with another one in its usual labels, with all of its labels. m: idle, system
   * (seconds of a CPU), at (when they were read, s), mem_total, boot, uname, and busy, cpus from recording rules.
   */
  twins(context: Context, isRecorded: boolean): string {
    const pieces = piecesOf({ ...context, exporters: { ...context.exporters, identity: NO_IDENTITY } });
    const { by, cpu, last, gauge } = pieces;
    const perTarget = (mode: string) => `avg without (cpu,mode) (${last(cpu(`mode="${mode}"`))})`;
    const evidence = isRecorded
      ? union(
          named('busy', gauge('instance:node_cpu_utilisation:rate1m')),
          named('cpus', gauge('instance:node_num_cpu:sum')),
        )
      : union(
          named('idle', perTarget('idle')),
          named('system', perTarget('system')),
          named('at', `max without (cpu,mode) (timestamp(${cpu('cpu="0"', 'mode=~"idle|system"')}))`),
          named('mem_total', gauge('node_memory_MemTotal_bytes')),
          named('boot', gauge('node_boot_time_seconds')),
          named('uname', `max without (domainname,machine,release,sysname,version) (${gauge('node_uname_info')})`),
        );
    return `(${evidence}) and on (${by}) (count by (${by}) (${anchor(pieces, isRecorded)}) > 1)`;
  },
} as const;
