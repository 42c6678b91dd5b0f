import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings } from '@/lib/format';
import type { BarChartProps } from '../charts/bar-chart';
import { type DumbbellChartProps, type DumbbellRow, dumbbellHeight, isChanged } from '../charts/dumbbell-chart';
import type { LegendEntry } from '../charts/legend';

/** A host's load in percent, before and after the plan. */
export type HostLoad = DumbbellRow;

/** How many rows can be read at a glance; a button shows more. */
export const FEW_ROWS = 24;
/** A canvas can't be longer than this; the table has every host. */
const MOST_ROWS = 500;
/** With fewer hosts a distribution shows nothing that the rows don't. */
const FEWEST_FOR_DISTRIBUTION = 9;
/** px */
const DISTRIBUTION_HEIGHT = 74;

/** The height of both charts; px. */
export const chartsHeight = (hosts: number, rows: number): number =>
  dumbbellHeight(rows) + (hosts >= FEWEST_FOR_DISTRIBUTION ? DISTRIBUTION_HEIGHT : 0);

const byLoad = (a: HostLoad, b: HostLoad) => b.now - a.now || b.after - a.after;
const byChange = (a: HostLoad, b: HostLoad) => Math.abs(b.after - b.now) - Math.abs(a.after - a.now) || byLoad(a, b);

export type PickedRows = {
  /** Hottest first. */
  rows: HostLoad[];
  /** Hosts whose load changes, drawn or not. */
  changed: number;
  total: number;
  /** How many rows the button would show; null if every host that changes is drawn. */
  more: number | null;
};

/** Up to 24 hosts are all drawn. If there are more, those that change most are drawn, or all that change. */
export function pickRows(loads: HostLoad[], all: boolean): PickedRows {
  const changed = loads.filter(isChanged);
  const total = loads.length;
  if (total <= FEW_ROWS) return { rows: loads.toSorted(byLoad), changed: changed.length, total, more: null };
  const most = all ? MOST_ROWS : FEW_ROWS;
  // If the plan changes nothing, the hottest hosts are drawn.
  const rows = (changed.length > 0 ? changed.toSorted(byChange) : loads.toSorted(byLoad)).slice(0, most);
  const showable = Math.min(changed.length, MOST_ROWS);
  return {
    rows: rows.toSorted(byLoad),
    changed: changed.length,
    total,
    more: showable > rows.length ? showable : null,
  };
}

/** "24 largest changes of 181. 219 hosts don’t change." */
export function describeRows({ rows, changed, total }: PickedRows): string {
  if (changed === 0) {
    return rows.length < total
      ? `No host changes. These are the ${formatCount(rows.length)} hottest of ${formatThings(total, 'host')}.`
      : 'No host changes, hottest first.';
  }
  const rest = total - changed;
  const still = rest === 0 ? '' : ` ${formatThings(rest, 'host')} ${rest === 1 ? 'doesn’t' : 'don’t'} change.`;
  if (rows.length === total) {
    return `${formatCount(changed)} of ${formatThings(total, 'host')} ${changed === 1 ? 'changes' : 'change'}, hottest first.`;
  }
  return rows.length < changed
    ? `${formatCount(rows.length)} largest changes of ${formatCount(changed)}.${still}`
    : `All ${formatCount(changed)} that change, hottest first.${still}`;
}

const BIN_POINTS = 5;

/** Hosts per 5 points of load, from 0 to `end`; the last bin includes anything above. */
export function countBins(loads: HostLoad[], end = 100): { now: number[]; after: number[] } {
  const bins = Math.ceil(end / BIN_POINTS);
  const count = (of: 'now' | 'after') => {
    const counts = Array.from({ length: bins }, () => 0);
    for (const load of loads) {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(load[of] / BIN_POINTS)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
  return { now: count('now'), after: count('after') };
}

/** The axis ends at 100%, or higher if a plan would overload a host. */
export function axisEnd(loads: HostLoad[]): number {
  const top = loads.reduce((most, { now, after }) => Math.max(most, now, after), 0);
  return top <= 100 ? 100 : Math.ceil(top / 25) * 25;
}

/** The chart in a sentence, for people who can't see it. */
export function describeLoads({ what, loads, before }: Pick<Loads, 'what' | 'loads' | 'before'>): string {
  const [first, ...rest] = loads;
  if (!first) return `${what} per host: no host is measured.`;
  const top = (of: 'now' | 'after') => rest.reduce((a, b) => (b[of] > a[of] ? b : a), first);
  const [now, after] = [top('now'), top('after')];
  const changed = loads.filter(isChanged).length;
  return `${what} of ${formatThings(loads.length, 'host')}: the hottest is ${now.name} with ${formatPercent(now.now, 0)} ${before}, and ${after.name} with ${formatPercent(after.after, 0)} after the plan. ${formatThings(changed, 'host')} ${changed === 1 ? 'changes' : 'change'}. The same figures are in the table view.`;
}

export type Loads = {
  what: 'CPU' | 'RAM';
  /** Every measured host. */
  loads: HostLoad[];
  /** The hosts that are drawn as rows. */
  rows: HostLoad[];
  limits: LoadLimits;
  /** What `now` stands for: the present, or when the plan was made. */
  before: string;
};

export type LoadCharts = {
  distribution: (BarChartProps & { height: number }) | null;
  hosts: DumbbellChartProps;
  legend: LegendEntry[];
};

/** The charts of page and picture, on one scale: the distribution of load, and the load host by host. */
export function chartsOf({ what, loads, rows, limits, before }: Loads): LoadCharts {
  const end = axisEnd(loads);
  const mean = loads.reduce((sum, { now }) => sum + now, 0) / Math.max(1, loads.length);
  const bins = countBins(loads, end);
  return {
    distribution:
      loads.length < FEWEST_FOR_DISTRIBUTION
        ? null
        : {
            label: `Number of hosts per ${BIN_POINTS} points of ${what}, ${before} and after the plan.`,
            series: [
              { name: before, values: bins.now },
              { name: 'after the plan', values: bins.after },
            ],
            bars: {
              width: BIN_POINTS,
              end,
              mean,
              caption: ['hosts per', `${BIN_POINTS} points`],
              above: rows.map(({ name }) => name),
            },
            unit: 'count',
            limits,
            height: DISTRIBUTION_HEIGHT,
          },
    hosts: { label: describeLoads({ what, loads, before }), rows, limits, mean, end },
    legend: [
      { mark: 'now', name: before },
      { mark: 'after', name: 'after the plan' },
      { mark: 'mean', name: `mean ${formatPercent(mean, 0)}` },
      { mark: 'warm', name: `warm ${formatPercent(limits.warm, 0)}` },
      { mark: 'hot', name: `hot ${formatPercent(limits.hot, 0)}` },
    ],
  };
}
