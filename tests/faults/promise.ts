import { expect } from 'vitest';
import type { ReadingState, Readings } from '@/lib/contract/v1/readings';
import { SOURCE_NAMES } from '@/lib/errors';
import type { ServiceName } from '@/lib/simulation/wire';
import type { Break } from './kinds';
import { type Look, look, openWorld, TTL_MS, type World } from './world';

/** What the product promises when services break. */

const READINGS = ['inventory', 'allocations', 'load', 'optimizer'] as const;
const NEEDS: Record<(typeof READINGS)[number], ServiceName[]> = {
  inventory: ['nova', 'keystone'],
  allocations: ['placement', 'nova', 'keystone'],
  load: ['prometheus'],
  optimizer: ['watcher', 'keystone'],
};
const CONSUMERS_OF_KEYSTONE: ServiceName[] = ['nova', 'placement', 'watcher'];

export const INSIDE = /cloud\.test|elsewhere\.test|gAAAA|simulated|Traceback|node_modules|\bat \S+ \(|\.tsx?:\d/;

const harmful = (breaks: Break[]) => breaks.filter(({ kind }) => kind.harms !== false);
const namesOf = (breaks: Break[]) => harmful(breaks).map(({ service }) => SOURCE_NAMES[service]);
const touches = (breaks: Break[], services: ServiceName[]) =>
  harmful(breaks).some(({ service }) => services.includes(service));

/**
 * Placement is asked about Nova's hosts. Without them only a probe is sent, whose answer is an empty list, in which no
 * type can be wrong.
 */
const isOutOfSight = ({ service, kind }: Break, breaks: Break[]) =>
  service === 'placement' && kind.fault.wrongTypes === true && touches(breaks, ['nova']);

/** No answer shows anything internal or fails for a reason of our own, and every 503 names a broken source. */
function expectDecent({ answers }: Look, breaks: Break[]): void {
  for (const { name, status, text } of answers) {
    expect(text.match(INSIDE)?.[0], `inside of the server in ${name}`).toBeUndefined();
    expect([200, 503], `status of ${name}: ${text.slice(0, 200)}`).toContain(status);
    if (status === 503) expect(namesOf(breaks), `source of ${name}`).toContain(JSON.parse(text).source);
    expect(text).not.toMatch(/\bNaN\b(?!\n)|Infinity/);
  }
}

/** Sources that are not broken are ok; those that only lack a token blame Keystone. */
function expectTruth({ sources }: Look, breaks: Break[]): void {
  const broken = harmful(breaks).map(({ service }) => service);
  for (const [service, name] of Object.entries(SOURCE_NAMES) as [ServiceName, string][]) {
    const message = sources[name] ?? null;
    if (broken.includes(service) || message === null) continue;
    expect(CONSUMERS_OF_KEYSTONE.includes(service) && broken.includes('keystone'), `${name} fails: ${message}`).toBe(
      true,
    );
    expect(message).toContain('Keystone');
  }
}

const isGood = ({ state, error }: ReadingState) => state === 'fresh' && error === null;

/** Readings that need no broken service are unaffected. */
export function expectOthersStay(readings: Readings, breaks: Break[]): void {
  for (const name of READINGS) {
    if (!touches(breaks, NEEDS[name]))
      expect(isGood(readings[name]), `${name} ${JSON.stringify(readings[name])}`).toBe(true);
  }
}

function expectWhole({ answers, readings, sources }: Look): void {
  for (const { name, status, state, text } of answers) {
    expect(status, `${name}: ${text.slice(0, 300)}`).toBe(200);
    expect([null, 'fresh'], `${name}: ${text.slice(0, 300)}`).toContain(state);
  }
  for (const name of READINGS) expect(isGood(readings[name]), name).toBe(true);
  expect(Object.values(sources)).toEqual([null, null, null, null, null]);
}

function expectClean(world: World): void {
  expect(world.mostAtOnce(), 'collections at once').toBeLessThanOrEqual(1);
  const log = world.log();
  expect(log.match(/gAAAA|"simulated"|simulated@|password|\bat \S+ \(/)?.[0], 'in the log').toBeUndefined();
  expect(log.match(/.*"level":"(error|fatal)".*/)?.[0], 'in the log').toBeUndefined();
}

/** A fault from the start causes an error that names the source, and everything recovers once it is fixed. */
export async function breakFirst(breaks: Break[], all = false): Promise<void> {
  const world = openWorld(all);
  world.break(breaks);
  const broken = await look(world);
  expectDecent(broken, breaks);
  expectTruth(broken, breaks);
  expectOthersStay(broken.readings, breaks);
  for (const one of harmful(breaks)) {
    if (!isOutOfSight(one, breaks)) expect(broken.sources[SOURCE_NAMES[one.service]], one.service).not.toBeNull();
  }
  for (const name of READINGS) {
    if (touches(breaks, NEEDS[name])) {
      expect(broken.readings[name].state, name).toBe('missing');
      expect(namesOf(breaks)).toContain(broken.readings[name].error?.source);
    }
  }
  world.mend();
  world.wait();
  expectWhole(await look(world));
  expectClean(world);
}

/** With a later fault, the last good data is shown with its age, and everything recovers once it is fixed. */
export async function breakLater(breaks: Break[], all = false): Promise<void> {
  const world = openWorld(all);
  expectWhole(await look(world));
  world.break(breaks);
  world.wait();
  const broken = await look(world);
  expectDecent(broken, breaks);
  expectTruth(broken, breaks);
  expectOthersStay(broken.readings, breaks);
  for (const { name, status, state, age, text } of broken.answers) {
    expect(status, `${name}: ${text.slice(0, 300)}`).toBe(200);
    if (state === 'stale') expect(age, name).toBeGreaterThanOrEqual(TTL_MS / 1000);
  }
  for (const name of READINGS) {
    const { state, error } = broken.readings[name];
    // Some readings do not meet the fault, since a token and its catalog are kept.
    if (state === 'fresh' && error === null) continue;
    expect(state, name).toBe('stale');
    expect(namesOf(breaks), name).toContain(error?.source);
    expect(broken.sources[error?.source ?? ''], `status of ${error?.source}`).not.toBeNull();
  }
  world.mend();
  world.wait();
  expectWhole(await look(world));
  expectClean(world);
}
