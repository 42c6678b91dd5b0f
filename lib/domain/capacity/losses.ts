import type { Crowd } from './crowd';
import { type Outcome, openPlacer, type Placer } from './place';

/** What if hosts fail: every single host, the worst few together, and named groups such as racks. */

export type Loss = Outcome & { hosts: number[] };

/** `sets`: numbers of the hosts that fail together. `worst`: how many hosts fail at most in a zone. */
export type LossQuestion = { crowd: Crowd; sets: number[][]; worst: number };

export type Losses = {
  /** By host. */
  single: Outcome[];
  /** For two hosts, three and so on: by zone, the worst that was found; null in zones with too few hosts. */
  worst: (Loss | null)[][];
  /** By set. */
  sets: Loss[];
};

/** Only so many hosts are tried beside those that are known to be bad. */
const TRIED = 10;

/** Pauses between hosts. */
export function* findLosses({ crowd, sets, worst }: LossQuestion): Generator<undefined, Losses> {
  const placer = openPlacer(crowd);
  const single: Outcome[] = [];
  for (let host = 0; host < crowd.hosts; host++) {
    single.push(placer.lose([host]));
    yield;
  }
  const zones = Math.max(-1, ...crowd.zone) + 1;
  const found: (Loss | null)[][] = Array.from({ length: Math.max(0, worst - 1) }, () => []);
  for (let zone = 0; zone < zones; zone++) {
    const candidates = worstFirst(crowd, single, zone);
    let before = candidates.slice(0, 1);
    for (const rows of found) {
      const loss = yield* addWorst(placer, before, candidates);
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

/** What becomes of VMs if exactly these hosts fail. */
export const loseTogether = (crowd: Crowd, hosts: number[]): Loss => ({ hosts, ...openPlacer(crowd).lose(hosts) });

/** Hosts of a zone: those that leave the most VMs without a place first, then those that leave the least room. */
function worstFirst({ zone, hosts }: Crowd, single: Outcome[], wanted: number): number[] {
  const own = Array.from({ length: hosts }, (_, host) => host).filter((host) => zone[host] === wanted);
  return own.sort((a, b) => compare(single[a], single[b]) || a - b);
}

const compare = (a: Outcome | undefined, b: Outcome | undefined): number =>
  (b?.unplaced.length ?? 0) - (a?.unplaced.length ?? 0) || (a?.leaves ?? 0) - (b?.leaves ?? 0);

/** The host that makes it worst, added to those that fail already. */
function* addWorst(placer: Placer, lost: number[], candidates: number[]): Generator<undefined, Loss | null> {
  let worst: Loss | null = null;
  for (const host of candidates.filter((one) => !lost.includes(one)).slice(0, TRIED)) {
    const hosts = [...lost, host];
    const outcome = placer.lose(hosts);
    if (worst === null || compare(outcome, worst) < 0) worst = { hosts, ...outcome };
    yield;
  }
  return worst;
}
