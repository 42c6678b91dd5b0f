import 'server-only';
import { createHash } from 'node:crypto';
import type { ServerMigration } from '@/lib/openstack/records';
import type { ServerLoad } from '@/lib/readings/host-load';
import { readVmMoves, readVmPast, type VmPast } from '@/lib/readings/vm';
import { MINUTE_MS } from '@/lib/units';
import type { Taken } from '../cache/cache';
import type { ReadingSet } from './reading-set';
import { takeOf } from './take-of';

/** What is read about VMs when someone looks at them. */

/** @param ids of the VMs of one page */
export function takeVmUse(readings: ReadingSet, ids: string[]): Promise<Taken<ServerLoad>> {
  return takeOf(readings, {
    name: `vm-use ${createHash('sha256').update(ids.join()).digest('hex').slice(0, 16)}`,
    source: 'prometheus',
    load: () => readings.sources.hostLoad.readUse(ids),
  });
}

/** A day is made of so few points that a new one is due once an hour. */
const PAST_MS = 5 * MINUTE_MS;

export function takeVmPast(readings: ReadingSet, id: string): Promise<Taken<VmPast>> {
  return takeOf(readings, {
    name: `vm-past ${id}`,
    source: 'prometheus',
    ttlMs: PAST_MS,
    load: () => readVmPast(readings.sources.load, id, Date.now()),
  });
}

/** More moves than anybody reads. */
export const MOST_VM_MOVES = 100;

export function takeVmMoves(readings: ReadingSet, id: string): Promise<Taken<ServerMigration[]>> {
  return takeOf(readings, {
    name: `vm-moves ${id}`,
    source: 'nova',
    load: () => readVmMoves(readings.sources.session, id, MOST_VM_MOVES),
  });
}
