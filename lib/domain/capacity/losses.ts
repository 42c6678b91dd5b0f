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
 * clouds with many zones, where fewer hosts are tried for each.
 */
const MOST_LOST = 1_000;

/**
 * The worst hosts of a zone are found one by one: first the host that is worst alone, then always the one that makes it worst
 * together with those that were found. All choices would take too long to try, so a worse one may exist. Pauses between hosts.
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
    for (const [at, rows] of found.entries()) {
      if (at + 2 > most) {
        rows.push(null);
        continue;
      }
      const loss = yield* addWorst(placer, before, { candidates, tried: at === 0 ? TRIED : tried });
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

/** The host that makes it worst, added to those that fail already; null if there is none. */
function* addWorst(
  placer: Placer,
  lost: number[],
  { candidates, tried }: { candidates: number[]; tried: number },
): Generator<undefined, Loss | null> {
  let worst: Loss | null = null;
  for (const host of candidates.filter((one) => !lost.includes(one)).slice(0, tried)) {
    const hosts = [...lost, host];
    const outcome = placer.lose(hosts);
    if (worst === null || compare(outcome, worst) < 0) worst = { hosts, ...outcome };
    yield;
  }
  return worst;
}
