import type { Crowd } from './crowd';

/**
 * Places the VMs of hosts that fail on the others, in numbers alone: it may run for thousands of hosts, and in another thread.
 * VMs with the fewest suitable hosts come first, then the largest; each goes where the least is left over, in its own zone if it
 * can. If that leaves some without a place, the smallest are tried before the largest, and the order that places more VMs counts.
 * It never turns back, so it may find no place where one exists.
 */

/** Why a VM found no place. */
export const WHY = { nowhere: 0, full: 1, group: 2 } as const;
export type Why = (typeof WHY)[keyof typeof WHY];

/** `vm`: its number in the crowd. */
export type Unplaced = { vm: number; why: Why };

export type Outcome = {
  unplaced: Unplaced[];
  /** VMs of the reference kind that still fit in the zones of the lost hosts; null without such a kind. */
  leaves: number | null;
};

export type Placer = {
  /** What becomes of the VMs if these hosts fail together. The crowd is as before afterwards. */
  lose(hosts: number[]): Outcome;
};

export function openPlacer(crowd: Crowd): Placer {
  const { hosts, classes, kinds, zone, open, amounts, suits, kindOf, hostOf, roams, firstOf } = crowd;
  const free = crowd.free.slice();
  const scale = scaleOf(crowd);
  const size = Float64Array.from({ length: kinds }, (_, kind) => {
    let most = 0;
    for (let c = 0; c < classes; c++) most = Math.max(most, (amounts[kind * classes + c] ?? 0) / (scale[c] ?? 1));
    return most;
  });
  const zones = listByZone(crowd);
  /** Suitable hosts, by kind and zone, and in all zones. */
  const choicesIn = new Int32Array(kinds * zones.length);
  const choices = new Int32Array(kinds);
  for (let kind = 0; kind < kinds; kind++) {
    for (let host = 0; host < hosts; host++) {
      if (suits[kind * hosts + host] !== 1 || open[host] !== 1) continue;
      const at = kind * zones.length + (zone[host] ?? 0);
      choicesIn[at] = (choicesIn[at] ?? 0) + 1;
      choices[kind] = (choices[kind] ?? 0) + 1;
    }
  }
  const isLost = new Uint8Array(hosts);
  /** Where each VM is by now; -1 if nowhere. */
  const place = hostOf.slice();
  /** Why VMs like one that found no room find none either: what is free only becomes less while VMs are placed. */
  const settled = new Map<number, Why>();
  const mates = openMates(crowd, place);

  const zoneOf = (vm: number): number => zone[hostOf[vm] ?? 0] ?? 0;
  const choicesOf = (vm: number): number => {
    const kind = kindOf[vm] ?? 0;
    return (roams[vm] === 1 ? choices[kind] : choicesIn[kind * zones.length + zoneOf(vm)]) ?? 0;
  };
  const sizeOf = (vm: number): number => size[kindOf[vm] ?? 0] ?? 0;
  const byTightness = (then: 'largest' | 'smallest') => (a: number, b: number) =>
    choicesOf(a) - choicesOf(b) || (then === 'largest' ? sizeOf(b) - sizeOf(a) : sizeOf(a) - sizeOf(b)) || a - b;

  /** -1 if the VM does not fit; else what is left over, the smaller the tighter. */
  function leftover(kind: number, host: number): number {
    let left = 0;
    for (let c = 0; c < classes; c++) {
      const amount = amounts[kind * classes + c] ?? 0;
      if (amount === 0) continue;
      const rest = (free[host * classes + c] ?? 0) - amount;
      if (rest < 0) return -1;
      left += rest / (scale[c] ?? 1);
    }
    return left;
  }

  function take(vm: number, host: number, sign: 1 | -1): void {
    const kind = kindOf[vm] ?? 0;
    for (let c = 0; c < classes; c++) {
      const at = host * classes + c;
      free[at] = (free[at] ?? 0) - sign * (amounts[kind * classes + c] ?? 0);
    }
  }

  function placeOne(vm: number): Why | null {
    const kind = kindOf[vm] ?? 0;
    const own = zoneOf(vm);
    const alike = (kind * zones.length + own) * 2 + (roams[vm] ?? 0);
    const known = settled.get(alike);
    if (known !== undefined) return known;
    const forbids = mates.look(vm);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    let suitable = 0;
    let roomy = 0;
    const search = (number: number): void => {
      for (const host of zones[number] ?? []) {
        if (isLost[host] === 1 || suits[kind * hosts + host] !== 1) continue;
        suitable++;
        const left = leftover(kind, host);
        if (left < 0) continue;
        roomy++;
        if (left >= least || forbids?.(host)) continue;
        best = host;
        least = left;
      }
    };
    search(own);
    if (best < 0 && roams[vm] === 1)
      for (let other = 0; other < zones.length; other++) if (other !== own) search(other);
    if (best < 0) {
      if (roomy > 0) return WHY.group;
      const why = suitable === 0 ? WHY.nowhere : WHY.full;
      settled.set(alike, why);
      return why;
    }
    take(vm, best, 1);
    place[vm] = best;
    return null;
  }

  function countLeft(lost: number[]): number | null {
    const kind = crowd.reference;
    if (kind < 0) return null;
    let slots = 0;
    for (const number of new Set(lost.map((host) => zone[host] ?? 0))) {
      for (const host of zones[number] ?? []) {
        if (isLost[host] === 1 || suits[kind * hosts + host] !== 1) continue;
        let own = Number.POSITIVE_INFINITY;
        for (let c = 0; c < classes; c++) {
          const amount = amounts[kind * classes + c] ?? 0;
          if (amount > 0) own = Math.min(own, Math.floor((free[host * classes + c] ?? 0) / amount));
        }
        if (own < Number.POSITIVE_INFINITY) slots += own;
      }
    }
    return slots;
  }

  /** Places these in this order, looks at what is left then, and takes them back. */
  function attempt(lost: number[], vms: number[]): Outcome {
    settled.clear();
    for (const host of lost) isLost[host] = 1;
    const unplaced: Unplaced[] = [];
    for (const vm of vms) {
      const why = placeOne(vm);
      if (why !== null) unplaced.push({ vm, why });
    }
    const leaves = countLeft(lost);
    for (const vm of vms) {
      const [now, before] = [place[vm] ?? -1, hostOf[vm] ?? -1];
      if (now !== before) take(vm, now, -1);
      place[vm] = before;
    }
    for (const host of lost) isLost[host] = 0;
    return { unplaced, leaves };
  }

  return {
    lose(lost) {
      const vms = lost.flatMap((host) => range(firstOf[host] ?? 0, firstOf[host + 1] ?? 0));
      const first = attempt(lost, vms.sort(byTightness('largest')));
      if (first.unplaced.length === 0) return first;
      const second = attempt(lost, vms.sort(byTightness('smallest')));
      return second.unplaced.length < first.unplaced.length ? second : first;
    },
  };
}

const range = (from: number, until: number): number[] => Array.from({ length: until - from }, (_, i) => from + i);

/** What a host has of each class at most: what is left over is compared as shares of that. */
function scaleOf({ hosts, classes, free }: Crowd): Float64Array {
  const scale = new Float64Array(classes).fill(1);
  for (let host = 0; host < hosts; host++) {
    for (let c = 0; c < classes; c++) {
      const own = free[host * classes + c] ?? 0;
      if (own < Number.MAX_SAFE_INTEGER) scale[c] = Math.max(scale[c] ?? 1, own);
    }
  }
  return scale;
}

/** Open hosts by the number of their zone. */
function listByZone({ hosts, zone, open }: Crowd): number[][] {
  const zones: number[][] = [];
  for (let host = 0; host < hosts; host++) {
    const own = zones[zone[host] ?? 0] ?? [];
    zones[zone[host] ?? 0] = own;
    if (open[host] === 1) own.push(host);
  }
  return zones;
}

/** Where the others of a VM's server group are, and so where it may not go. */
function openMates(crowd: Crowd, place: Int32Array) {
  const { groupOf, together, mostOf, members, membersFrom } = crowd;
  const counts = new Int32Array(crowd.hosts);
  let counted: number[] = [];
  /** undefined for a VM that is in no group; call the result before the next VM is looked at. */
  return {
    look(vm: number): ((host: number) => boolean) | undefined {
      const group = groupOf[vm] ?? -1;
      if (group < 0) return undefined;
      for (const host of counted) counts[host] = 0;
      counted = [];
      for (let i = membersFrom[group] ?? 0; i < (membersFrom[group + 1] ?? 0); i++) {
        const member = members[i] ?? -1;
        const host = place[member] ?? -1;
        if (member === vm || host < 0) continue;
        counts[host] = (counts[host] ?? 0) + 1;
        counted.push(host);
      }
      if (together[group] === 1) return (host) => counted.length > 0 && (counts[host] ?? 0) === 0;
      const most = mostOf[group] ?? 1;
      return (host) => (counts[host] ?? 0) >= most;
    },
  };
}
