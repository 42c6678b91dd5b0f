import type { Crowd } from './crowd';
import { type Outcome, openPlacer, type Placer } from './place';

/** What if hosts fail: every single host, the worst few together, and named groups such as racks. */

export type Loss = Outcome & { hosts: number[] };

/** `sets`: numbers of the hosts that fail together. `worst`: how many hosts fail at most in a zone; 0: only the sets count. */
export type LossQuestion = { crowd: Crowd; sets: number[][]; worst: number };

export type Losses = {
  /** By host. */
  single: Outcome[];
  /** For two hosts, three and so on: by zone, the worst that was found; null in zones with too few hosts for that. */
  worst: (Loss | null)[][];
  /** By set. */
  sets: Loss[];
};

/** So many hosts are tried beside the worst one. */
const TRIED = 10;

/** More than two hosts fail only if at least as many of their zone are left: nobody plans for the rest. */
const LARGEST_SHARE = 0.5;

/**
 * How many hosts fail in all searches beyond two hosts: each failure places the VMs of all its hosts again. It bounds the time in
 * clouds with many zones, where fewer hosts are tried for each. As many again may fail where all choices are tried.
 */
const MOST_LOST = 1_000;

/**
 * Small zones have few choices, and all of them are tried. In others, the worst hosts are found one by one: first the host that
 * is worst alone, then always the one that makes it worst together with those that were found, so a worse choice may exist.
 * Pauses between hosts.
 */
export function* findLosses({ crowd, sets, worst }: LossQuestion): Generator<undefined, Losses> {
  const placer = openPlacer(crowd);
  const single: Outcome[] = [];
  for (let host = 0; host < crowd.hosts && worst > 0; host++) {
    single.push(placer.lose([host]));
    yield;
  }
  const zones = worst > 0 ? Math.max(-1, ...crowd.zone) + 1 : 0;
  const found: (Loss | null)[][] = Array.from({ length: Math.max(0, worst - 1) }, () => []);
  const tried = triedIn(zones, worst);
  for (let zone = 0; zone < zones; zone++) {
    const candidates = worstFirst(crowd, single, zone);
    const most = Math.max(2, candidates.length * LARGEST_SHARE);
    let before = candidates.slice(0, 1);
    let affordable = MOST_LOST / zones;
    for (const [at, rows] of found.entries()) {
      const count = at + 2;
      if (count > most) {
        rows.push(null);
        continue;
      }
      affordable -= count * countChoices(candidates.length, count);
      const loss =
        affordable >= 0
          ? yield* findWorst(placer, chooseAll(candidates, count))
          : yield* addWorst(placer, before, { candidates, tried: at === 0 ? TRIED : tried });
      rows.push(loss);
      before = loss?.hosts ?? before;
    }
  }
  const together: Loss[] = [];
  for (const hosts of sets) {
    together.push({ hosts, ...placer.lose(hosts) });
    yield;
  }
  return { single, worst: found, sets: together };
}

/** Beside two hosts that fail already. */
function triedIn(zones: number, worst: number): number {
  const failing = (worst * (worst + 1)) / 2 - 3;
  return Math.min(TRIED, Math.max(1, Math.floor(MOST_LOST / Math.max(1, zones * failing))));
}

/** Hosts of a zone: those that leave the most VMs without a place first, then those that leave the least room. */
function worstFirst({ zone, hosts }: Crowd, single: Outcome[], wanted: number): number[] {
  const own = Array.from({ length: hosts }, (_, host) => host).filter((host) => zone[host] === wanted);
  return own.sort((a, b) => compare(single[a], single[b]) || a - b);
}

const compare = (a: Outcome | undefined, b: Outcome | undefined): number =>
  (b?.unplaced.length ?? 0) - (a?.unplaced.length ?? 0) || (a?.leaves ?? 0) - (b?.leaves ?? 0);

/** The host that makes it worst, added to those that fail already; null if all fail already. */
const addWorst = (
  placer: Placer,
  lost: number[],
  { candidates, tried }: { candidates: number[]; tried: number },
): Generator<undefined, Loss | null> =>
  findWorst(
    placer,
    candidates
      .filter((one) => !lost.includes(one))
      .slice(0, tried)
      .map((host) => [...lost, host]),
  );

/** The choice that leaves the most VMs without a place, the first of several; null without a choice. */
function* findWorst(placer: Placer, choices: Iterable<number[]>): Generator<undefined, Loss | null> {
  let worst: Loss | null = null;
  for (const hosts of choices) {
    const outcome = placer.lose(hosts);
    if (worst === null || compare(outcome, worst) < 0) worst = { hosts, ...outcome };
    yield;
  }
  return worst;
}

/** In how many ways `count` of `total` hosts can fail. */
const countChoices = (total: number, count: number): number =>
  Array.from({ length: count }, (_, i) => (total - i) / (i + 1)).reduce((product, factor) => product * factor, 1);

/** All of them, each in the order of the hosts. */
function* chooseAll(hosts: number[], count: number): Generator<number[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [at, first] of hosts.entries())
    for (const others of chooseAll(hosts.slice(at + 1), count - 1)) yield [first, ...others];
}
