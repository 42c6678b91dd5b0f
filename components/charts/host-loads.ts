import { formatCount, formatPercent, formatThings } from '@/lib/format';

/** One host's load in percent, at the moment of the plan's basis and with the plan applied. */
export type HostLoad = { host: string; now: number; after: number };

/** What is drawn of it and against which limits; percent. */
/** So many rows are read at a glance; more are asked for. */
export const FEW_ROWS = 24;
/** A canvas can be no longer than this many rows; the table has the rest. */
export const MOST_ROWS = 500;
/** With so few hosts a distribution says nothing that the rows don't. */
export const FEWEST_FOR_DISTRIBUTION = 9;

/** Up to so many rows are drawn higher. */
export const FEW_HIGH_ROWS = 8;

/** Heights in px. */
export const DISTRIBUTION_HEIGHT = 74;
export const dumbbellHeight = (rows: number): number => rows * (rows <= FEW_HIGH_ROWS ? 36 : 20) + 34;
export const chartsHeight = (hosts: number, rows: number): number =>
  dumbbellHeight(rows) + (hosts >= FEWEST_FOR_DISTRIBUTION ? DISTRIBUTION_HEIGHT : 0);

/** Figures have one decimal: less than half of one is no change. */
export const isChanged = ({ now, after }: HostLoad): boolean => Math.abs(after - now) >= 0.05;

const byLoad = (a: HostLoad, b: HostLoad) => b.now - a.now || b.after - a.after;
const byChange = (a: HostLoad, b: HostLoad) => Math.abs(b.after - b.now) - Math.abs(a.after - a.now) || byLoad(a, b);

export type PickedRows = {
  /** Hottest first. */
  rows: HostLoad[];
  /** Hosts whose load changes, drawn or not. */
  changed: number;
  total: number;
  /** How many a click would show; null where nothing is left out that changes. */
  more: number | null;
};

/** Up to 24 hosts all are drawn; of more those that change most, or all that change. */
export function pickRows(loads: HostLoad[], all: boolean): PickedRows {
  const changed = loads.filter(isChanged);
  const total = loads.length;
  if (total <= FEW_ROWS) return { rows: loads.toSorted(byLoad), changed: changed.length, total, more: null };
  const most = all ? MOST_ROWS : FEW_ROWS;
  // A plan that changes nothing is drawn by its hottest hosts.
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

export const BIN_POINTS = 5;

export type Bins = { now: number[]; after: number[]; peak: number };

/** Hosts per 5 points of load, from 0 to `end`; what is over the end is in the last bin. */
export function countBins(loads: HostLoad[], end = 100): Bins {
  const bins = Math.ceil(end / BIN_POINTS);
  const count = (of: 'now' | 'after') => {
    const counts = Array.from({ length: bins }, () => 0);
    for (const load of loads) {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(load[of] / BIN_POINTS)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
  const [now, after] = [count('now'), count('after')];
  return { now, after, peak: Math.max(...now, ...after) };
}

/** The outline of a row of bins: up at the start of each, level to its end. */
export function toSteps(counts: number[]): { x: number; y: number }[] {
  const steps = counts.flatMap((count, bin) => [
    { x: bin * BIN_POINTS, y: count },
    { x: (bin + 1) * BIN_POINTS, y: count },
  ]);
  return [{ x: 0, y: 0 }, ...steps, { x: counts.length * BIN_POINTS, y: 0 }];
}

/** The axis runs from 0 to 100%, and further only where a plan would overload a host. */
export function axisEnd(loads: HostLoad[]): number {
  const top = loads.reduce((most, { now, after }) => Math.max(most, now, after), 0);
  return top <= 100 ? 100 : Math.ceil(top / 25) * 25;
}

/** One sentence for those who don't see the chart. */
export function describeLoads(what: 'CPU' | 'RAM', loads: HostLoad[], before = 'now'): string {
  const [first, ...rest] = loads;
  if (!first) return `${what} per host: no host is measured.`;
  const top = (of: 'now' | 'after') => rest.reduce((a, b) => (b[of] > a[of] ? b : a), first);
  const [now, after] = [top('now'), top('after')];
  const changed = loads.filter(isChanged).length;
  return `${what} of ${formatThings(loads.length, 'host')}: the hottest is ${now.host} with ${formatPercent(now.now, 0)} ${before}, and ${after.host} with ${formatPercent(after.after, 0)} after the plan. ${formatThings(changed, 'host')} ${changed === 1 ? 'changes' : 'change'}. The same figures are in the table view.`;
}

/** A name with its middle left out: hosts differ at their ends. */
export function ellipsize(name: string, most: number): string {
  if (name.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (most - 1 - head))}`;
}
