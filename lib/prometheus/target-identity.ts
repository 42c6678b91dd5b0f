import { groupBy } from '@/lib/group-by';
import { isReplicaLabel } from './labels';
import type { TargetIdentity } from './records';

/** What is known about one target, under all of its labels. */
export type Evidence = {
  labels: Record<string, string>;
  nodename: string | null;
  /** Counters and sizes by measure, and `at`: when the counters were read, in seconds. */
  facts: Map<string, number>;
};

export const NO_IDENTITY: TargetIdentity = { labels: [], replicas: [] };

/** Names of labels that change while a machine stays the same, and so are the last choice for telling machines apart. */
const isVolatile = (name: string): boolean => /pod|container|uid|endpoint|scrape|version/i.test(name);

/**
 * Which labels tell machines apart and which only copies of a target, given all targets that agree in their usual labels.
 * Machines are told apart by what they report; the fewest labels that separate all of them are taken.
 *
 * @param usual labels that are always part of a target's identity
 */
export function learnIdentity(targets: Evidence[], usual: string[]): TargetIdentity {
  const keyOf = ({ labels }: Evidence) => JSON.stringify(usual.map((name) => labels[name] ?? ''));
  const groups = [...groupBy(targets, keyOf).values()].map(groupByMachine);
  const names = new Set(targets.flatMap(({ labels }) => Object.keys(labels)).filter((name) => !usual.includes(name)));
  const labels = chooseLabels(groups, [...names].sort());
  const replicas = [...names].filter(
    (name) => !labels.includes(name) && groups.some((machines) => machines.some((copies) => differsIn(name, copies))),
  );
  return { labels, replicas: replicas.sort() };
}

const labelOf = (name: string, { labels }: Evidence): string => labels[name] ?? '';
const differsIn = (name: string, targets: Evidence[]): boolean =>
  new Set(targets.map((target) => labelOf(name, target))).size > 1;

/** Copies of one machine's target end up in one list. */
function groupByMachine(targets: Evidence[]): Evidence[][] {
  const machines: { idle: number | undefined; copies: Evidence[] }[] = [];
  for (const target of targets) {
    const idle = target.facts.get('idle');
    // Thousands of machines may be compared with each other, and this rules out almost all.
    const mayBe = (other: number | undefined) =>
      idle === undefined || other === undefined || Math.abs(idle - other) < MOST_SLACK;
    const machine = machines.find((one) => mayBe(one.idle) && one.copies.every((copy) => isSameMachine(copy, target)));
    if (machine) machine.copies.push(target);
    else machines.push({ idle, copies: [target] });
  }
  return machines.map(({ copies }) => copies);
}

/** Seconds by which counters of one machine may differ beyond the time between their samples: two late scrapes. */
const SLACK = 60;
/** The same if only labels that mark replicas differ, one of which may lag behind. */
const REPLICA_SLACK = 300;
/** More than copies may ever differ by, as samples are at most an hour old. */
const MOST_SLACK = REPLICA_SLACK + 3_600;
/** Seconds by which the start of a machine moves as its clock is adjusted. */
const BOOT_SLACK = 5;
/** Points of a share that two means over the same minute may differ by. */
const BUSY_SLACK = 0.05;

/** Two targets report one machine if nothing they report differs, and a counter agrees that no other machine has. */
function isSameMachine(a: Evidence, b: Evidence): boolean {
  /** Distance of a fact that both have. */
  const distance = (fact: string): number | null => {
    const [one, other] = [a.facts.get(fact), b.facts.get(fact)];
    return one === undefined || other === undefined ? null : Math.abs(one - other);
  };
  const apart = distance('at') ?? 0;
  const counters = ['idle', 'system'].map(distance).filter((far) => far !== null);
  if (counters.some((far) => far > apart + REPLICA_SLACK)) return false;
  if (a.nodename !== null && b.nodename !== null && a.nodename !== b.nodename) return false;
  if (['mem_total', 'cpus'].some((size) => (distance(size) ?? 0) > 0)) return false;
  const [boot, busy] = [distance('boot'), distance('busy')];
  if ((boot ?? 0) > BOOT_SLACK || (busy ?? 0) > BUSY_SLACK) return false;
  if (differOnlyAsReplicas(a, b)) return true;
  if (counters.some((far) => far > apart + SLACK)) return false;
  const comparable = [...a.facts.keys()].some((fact) => b.facts.has(fact));
  return counters.length > 0 || boot !== null || busy !== null || !comparable;
}

function differOnlyAsReplicas(a: Evidence, b: Evidence): boolean {
  const names = [...Object.keys(a.labels), ...Object.keys(b.labels)];
  return names.filter((name) => labelOf(name, a) !== labelOf(name, b)).every(isReplicaLabel);
}

/** Chooses the fewest labels, good ones first, until no two machines of a group agree in all of them. */
function chooseLabels(groups: Evidence[][][], names: string[]): string[] {
  const machines = groups.flat();
  const rank = new Map(names.map((name) => [name, rankOf(name, machines)]));
  const chosen: string[] = [];
  for (let cells = groups.filter((group) => group.length > 1); cells.length > 0; ) {
    const [best] = names
      .map((name) => ({ name, left: cells.flatMap((cell) => split(cell, name)).filter(({ length }) => length > 1) }))
      .filter(({ left }) => countPairs(left) < countPairs(cells))
      .sort((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0) || countPairs(a.left) - countPairs(b.left));
    if (!best) break;
    chosen.push(best.name);
    cells = best.left;
  }
  return chosen.sort();
}

const split = (machines: Evidence[][], name: string): Evidence[][][] => [
  ...groupBy(machines, (copies) =>
    JSON.stringify([...new Set(copies.map((copy) => labelOf(name, copy)))].sort()),
  ).values(),
];

const countPairs = (cells: Evidence[][][]): number =>
  cells.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);

/** Lower is better: labels that repeat the nodename, then any, then volatile ones, then those that vary on one machine. */
function rankOf(name: string, machines: Evidence[][]): number {
  if (machines.some((copies) => differsIn(name, copies))) return 3;
  if (isVolatile(name)) return 2;
  const named = machines.flat().filter(({ nodename }) => nodename !== null);
  const short = (text: string) => text.toLowerCase().split(/[.:]/, 1)[0];
  const repeats = named.every((target) => short(labelOf(name, target)) === short(target.nodename ?? ''));
  return named.length > 0 && repeats ? 0 : 1;
}
