import type { Cloud, SimHost, SimServer } from './model';

/** CPU and RAM as functions of time, with their integrals in closed form, so that counters are exact. */

/** What a machine uses for itself, as a share of its threads. */
export const BASE_SHARE = 0.02;
const BASE_RAM_MIB = 6 * 1024;

/** Core-seconds that a VM has used between two times in ms. */
export function coreSeconds({ load }: SimServer, from: number, to: number): number {
  if (to <= from) return 0;
  const angular = (2 * Math.PI) / load.periodMs;
  const wave = (at: number) => -Math.cos(angular * at + load.phase) / angular;
  return (load.mean * (to - from) + load.swing * (wave(to) - wave(from))) / 1000;
}

/** The parts of a VM's life that it spent on a host. */
export function staysOn(server: SimServer, host: SimHost): { from: number; until: number }[] {
  return server.stays.flatMap((stay, position) =>
    stay.host === host
      ? [{ from: stay.from, until: server.stays[position + 1]?.from ?? Number.POSITIVE_INFINITY }]
      : [],
  );
}

export type HostLoad = {
  /** Core-seconds in use between two times. */
  busySeconds(host: SimHost, from: number, to: number): number;
  ramUsedMib(host: SimHost, at: number): number;
};

export function openHostLoad(cloud: Cloud): HostLoad {
  const guests = new Map<SimHost, { server: SimServer; from: number; until: number }[]>();
  for (const server of cloud.servers) {
    for (const host of new Set(server.stays.map(({ host: stayed }) => stayed))) {
      if (host === null) continue;
      const list = guests.get(host) ?? [];
      for (const stay of staysOn(server, host)) list.push({ server, ...stay });
      guests.set(host, list);
    }
  }
  return {
    busySeconds(host, from, to) {
      const own = (BASE_SHARE * host.threads * (to - from)) / 1000;
      const used = (guests.get(host) ?? []).reduce(
        (sum, guest) => sum + coreSeconds(guest.server, Math.max(from, guest.from), Math.min(to, guest.until)),
        own,
      );
      return Math.min(used, (host.threads * (to - from)) / 1000);
    },
    ramUsedMib(host, at) {
      const used = (guests.get(host) ?? [])
        .filter(({ from, until }) => from <= at && at < until)
        .reduce((sum, { server }) => sum + ramUsedMib(server), BASE_RAM_MIB);
      return Math.min(used, host.ramMib);
    },
  };
}

export function ramUsedMib({ status, flavor, ramShare }: SimServer): number {
  return ['ACTIVE', 'PAUSED'].includes(status) ? flavor.ramMib * ramShare : 0;
}
