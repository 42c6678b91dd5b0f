import { DAY_MS, HOUR_MS } from '@/lib/units';
import type { SimHost, SimLoad, SimServer } from './model';
import type { Occupancy } from './occupancy';
import type { Random } from './random';

/** CPU and RAM as functions of time. Integrals are in closed form, so that counters are exact. */

/** CPU that a machine uses itself, as a share of its threads. */
export const BASE_SHARE = 0.02;
const BASE_RAM_MIB = 6 * 1024;

export type LoadPattern = 'daily' | 'steady' | 'idle';

export const NO_LOAD: SimLoad = { mean: 0, swing: 0, periodMs: DAY_MS, phase: 0 };

/**
 * A load that uses `cores` at the time `at` and never more than `maxCores`. Daily loads are near their peak at that time, so
 * that the cloud is busy when the demo starts.
 */
export function shapeLoad(
  pattern: LoadPattern,
  { cores, maxCores, at }: { cores: number; maxCores: number; at: number },
  random: Random,
): SimLoad {
  if (cores === 0 || pattern === 'idle') return { ...NO_LOAD, mean: cores };
  const daily = pattern === 'daily';
  const periodMs = daily ? DAY_MS : HOUR_MS * random.between(2, 8);
  const angleNow = daily ? Math.PI / 2 + random.between(-0.25, 0.25) : random.between(0, 2 * Math.PI);
  const share = daily ? random.between(0.2, 0.35) : random.between(0, 0.12);
  const mean = cores / (1 + share * Math.sin(angleNow));
  return {
    mean,
    swing: Math.min(share * mean, Math.max(maxCores - mean, 0)),
    periodMs,
    phase: angleNow - ((2 * Math.PI) / periodMs) * at,
  };
}

export function coresAt({ load }: SimServer, at: number): number {
  return load.mean + load.swing * Math.sin(((2 * Math.PI) / load.periodMs) * at + load.phase);
}

/** Core-seconds that a VM has used between two times. */
export function coreSeconds({ load }: SimServer, from: number, to: number): number {
  if (to <= from) return 0;
  return (load.mean * (to - from) + load.swing * (waveTo(load, to) - waveTo(load, from))) / 1000;
}

/** Antiderivative of the sine in `coresAt`; apart, since a function made in each of many thousand calls takes most of the time. */
function waveTo({ periodMs, phase }: SimLoad, at: number): number {
  const angular = (2 * Math.PI) / periodMs;
  return -Math.cos(angular * at + phase) / angular;
}

/** RAM that a VM uses; 0 if it is stopped. */
export function ramUsedMib({ status, flavor, ramShare }: SimServer): number {
  return ['ACTIVE', 'PAUSED'].includes(status) ? flavor.ramMib * ramShare : 0;
}

export type HostLoad = {
  /** Core-seconds used between two times by the VMs and the machine itself, limited by its threads. */
  busySeconds(host: SimHost, from: number, to: number): number;
  ramUsedMib(host: SimHost, at: number): number;
};

export function openHostLoad(occupancy: Occupancy): HostLoad {
  return {
    busySeconds(host, from, to) {
      const own = (BASE_SHARE * host.threads * (to - from)) / 1000;
      const used = occupancy
        .residences(host)
        .reduce(
          (sum, stay) => sum + coreSeconds(stay.server, Math.max(from, stay.from), Math.min(to, stay.until)),
          own,
        );
      return Math.min(used, (host.threads * (to - from)) / 1000);
    },
    ramUsedMib(host, at) {
      const used = occupancy.guests(host, at).reduce((sum, server) => sum + ramUsedMib(server), BASE_RAM_MIB);
      return Math.min(used, host.ramMib);
    },
  };
}
