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

/** A run that a person ends while a step is being made starts nothing, and leaves no plan that anyone may start unnamed. */
export async function expectEndedPromise(breaks: CarefulBreak[], mode: Mode): Promise<void> {
  const world = await openCarefulWorld(breaks, mode);
  expect((await world.begin(KEY)).status).toBe(200);
  await world.endEarly();
  await world.untilRest();
  if ((await world.read())?.state !== 'ended') {
    // The end was refused, or never arrived: the person sees that and tries again.
    world.mendAll();
    await world.keep();
    expect((await world.end()).body).toMatchObject({ outcome: 'done' });
    await world.untilRest();
  }
  await world.keep();
  const [run, acts] = await Promise.all([world.read(), world.journal()]);
  const said = JSON.stringify({ run, acts: acts.map(({ act, outcomes }) => [act, outcomes]) });
  expect(run, said).toMatchObject({ state: 'ended', is_final: true, why: { code: 'ended-by-person' } });
  const startable = world.counts.plans().filter(({ state }) => ['RECOMMENDED', 'PENDING'].includes(state));
  expect(
    run?.left_plans.map(({ plan_id: id }) => id),
    said,
  ).toEqual(startable.map(({ id }) => id));
  // Only a person can, once their token has ended.
  if (mode === 'service') expect(startable, said).toEqual([]);
  expect(said.match(INSIDE)?.[0], 'inside of the server').toBeUndefined();
}
