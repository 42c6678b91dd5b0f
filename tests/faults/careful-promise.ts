import { expect } from 'vitest';
import type { Mode } from './act-world';
import { type CarefulBreak, openCarefulWorld } from './careful-world';
import { INSIDE } from './promise';
import { expectDoneOnce } from './step-counts';

/** What the product promises about a careful run while something breaks: it goes on in the end, and does nothing twice. */

const KEY = 'the-key-of-the-careful-run';
/** What a person may have to let go on, each after a look. */
const MOST_RESUMED = 3;
/** What the moves bring is little in this cloud; else only what a service refuses stops a run, or a token that has ended. */
const STOPS: Record<Mode, string[]> = { person: ['little', 'refused', 'sign-in'], service: ['little', 'refused'] };

export async function expectCarefulPromise(breaks: CarefulBreak[], mode: Mode): Promise<void> {
  const world = await openCarefulWorld(breaks, mode);
  const first = await world.begin(KEY);
  expect(JSON.stringify(first.body).match(INSIDE)?.[0], 'inside of the server').toBeUndefined();
  if (first.status !== 200) {
    world.mendAll();
    await world.keep();
    const again = await world.begin(`${KEY}-again`);
    // The run is there if only the answer was lost.
    if (again.status !== 200)
      expect(again.body.refusal, JSON.stringify(again.body)).toMatchObject({ code: 'careful-run' });
  }
  await world.untilRest();
  for (let resumed = 0; resumed < MOST_RESUMED; resumed++) {
    const paused = await world.read();
    if (paused?.state !== 'paused') break;
    expect(STOPS[mode], JSON.stringify(paused.why)).toContain(paused.why?.code);
    const { status, body } = await world.resume();
    expect(status, JSON.stringify(body)).toBe(200);
    await world.untilRest();
  }
  const [run, acts] = await Promise.all([world.read(), world.journal()]);
  expectDoneOnce({ ...world, run, acts });
  expect(JSON.stringify(run).match(INSIDE)?.[0], 'inside of the server').toBeUndefined();
  const log = world.log();
  expect(log.match(/gAAAA|"simulated"|simulated@|password|\bat \S+ \(/)?.[0], 'in the log').toBeUndefined();
}
