import type { Aim } from './trim-aim';
import type { Ledger } from './trim-ledger';
import type { Room } from './trim-room';
import { changeOfLoad, type Load, spreadOf } from './trim-spread';
import { leaves, type Unit } from './trim-units';

/** In which order the units of a plan are worth the most. Each order takes every unit. */

type Tools = { ledger: Ledger; room: Room };

/** A host that is emptied, and by how many units from the first. */
export type Emptying = { host: string; moves: number };

export type Taken = { order: Unit[]; emptied: Emptying[] };

/**
 * Takes every unit, most worth first.
 *
 * @param emptied hosts that the whole plan empties
 */
export function takeUnits(units: Unit[], { aim, emptied, ...tools }: Tools & { aim: Aim; emptied: string[] }): Taken {
  switch (aim.by) {
    case 'spread':
      return { order: takeBySpread(units, tools, aim), emptied: [] };
    case 'emptied-hosts':
      return takeByHosts(units, tools, emptied);
    case 'nothing':
      for (const unit of units) tools.ledger.take(unit);
      return { order: units, emptied: [] };
  }
}

type Candidate = {
  unit: Unit;
  /** Units that have to run before it; null if it would fail by now. */
  helpers: Unit[] | null;
  change: Load;
};

/**
 * Greedy: at every step the unit that lowers the spread most for each VM that moves, with those that have to run before it.
 * A change of load is kept until one of its hosts changes, so that a step costs one addition for each unit that is left.
 */
function takeBySpread(units: Unit[], { ledger, room }: Tools, { weights }: Aim): Unit[] {
  const { running, take } = openRun(ledger);
  const left = new Map<Unit, Candidate>();
  /** Units to look at again when a host changes. */
  const watching = new Map<string, Set<Unit>>();
  const look = (unit: Unit) => {
    const helpers = room.helpersOf(unit, running);
    const moving = [...(helpers ?? []), unit];
    left.set(unit, { unit, helpers, change: changeOfLoad(ledger.world, moving) });
    for (const host of moving.flatMap(({ places }) => places)) {
      const watchers = watching.get(host);
      if (watchers) watchers.add(unit);
      else watching.set(host, new Set([unit]));
    }
  };
  for (const unit of units) if (!unit.fails) look(unit);
  for (let best = bestOf(left, ledger, weights); best !== null; best = bestOf(left, ledger, weights)) {
    const taken = [...(best.helpers ?? []), best.unit];
    take(taken);
    for (const unit of taken) left.delete(unit);
    const changed = new Set(taken.flatMap(({ places }) => places.flatMap((host) => [...(watching.get(host) ?? [])])));
    for (const unit of changed) if (left.has(unit)) look(unit);
  }
  takeRest(units, running, take);
  return [...running];
}

type Run = { running: ReadonlySet<Unit>; take(units: Unit[]): void };

/** Takes units once, in order, and remembers which run. */
function openRun(ledger: Ledger): Run {
  const running = new Set<Unit>();
  return {
    running,
    take(units) {
      for (const unit of units) {
        if (running.has(unit)) continue;
        running.add(unit);
        ledger.take(unit);
      }
    },
  };
}

function bestOf(left: ReadonlyMap<Unit, Candidate>, { load }: Ledger, weights: Aim['weights']): Candidate | null {
  const now = spreadOf(load, weights) ?? 0;
  let [best, most]: [Candidate | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const candidate of left.values()) {
    if (candidate.helpers === null) continue;
    const gain = (now - (spreadOf(load, weights, candidate.change) ?? now)) / (1 + candidate.helpers.length);
    if (gain > most) [best, most] = [candidate, gain];
  }
  return best;
}

/** Those that only work once a move that would fail has worked, and those that would fail, in execution order. */
function takeRest(units: Unit[], running: ReadonlySet<Unit>, take: Run['take']): void {
  const rest = units.filter((unit) => !running.has(unit));
  take([...rest.filter(({ fails }) => !fails), ...rest.filter(({ fails }) => fails)]);
}

/** Whole hosts, each time the one that is empty after the fewest more moves; then what empties none. */
function takeByHosts(units: Unit[], { ledger, room }: Tools, hosts: string[]): Taken {
  const { running, take } = openRun(ledger);
  const emptied: Emptying[] = [];
  const leaving = new Map(hosts.map((host) => [host, units.filter((unit) => leaves(unit, host))]));
  while (leaving.size > 0) {
    const [cheapest] = [...leaving].map(([host, own]) => costOf(host, own, running)).sort(byCost);
    if (!cheapest) break;
    leaving.delete(cheapest.host);
    for (const unit of cheapest.units) take([...(room.helpersOf(unit, running) ?? []), unit]);
    emptied.push({ host: cheapest.host, moves: running.size });
  }
  takeRest(units, running, take);
  return { order: [...running], emptied };
}

type Cost = { host: string; units: Unit[]; fails: boolean };

function costOf(host: string, leaving: Unit[], running: ReadonlySet<Unit>): Cost {
  const units = leaving.filter((unit) => !running.has(unit));
  return { host, units, fails: units.some(({ fails }) => fails) };
}

/** Hosts that a move which would fail keeps from being empty come last. */
const byCost = (a: Cost, b: Cost): number =>
  Number(a.fails) - Number(b.fails) || a.units.length - b.units.length || (a.host < b.host ? -1 : 1);
