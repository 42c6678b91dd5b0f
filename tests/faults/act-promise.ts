import { expect } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import { asServer } from '@/lib/dashboard/access/visitors';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readState } from '@/lib/dashboard/views/state';
import type { Sent } from '../routes/acting';
import { type ActBreak, type ActWorld, type Mode, openActWorld } from './act-world';
import type { Break } from './kinds';
import type { OtherAct } from './other-acts';
import { expectOthersStay, INSIDE } from './promise';

/** What the product promises about an act while something breaks. */

const KEY = 'the-key-of-the-first-try';
const isOfService = (one: ActBreak): one is ActBreak & Break => one.service !== 'journal';

/** An act is done, or a problem document of a known type says what became of it. */
function expectDecent({ status, body }: Sent): void {
  const text = JSON.stringify(body);
  expect(text.match(INSIDE)?.[0], `inside of the server: ${text}`).toBeUndefined();
  if (status === 200) return;
  expect(body.type, text).toMatch(
    /^\/api\/problems\/(act-(refused|failed|unknown|not-allowed)|no-(journal|data)|first-reading|not-authenticated)\/$/,
  );
  expect(body.status).toBe(status);
}

const endsOf = (acts: ActView[]) => acts.map(({ outcome }) => outcome);

/** The journal ends with what the cloud has: done once at most, and no act whose end nobody knows. */
function expectTruth(acts: ActView[], { effects, isInPart }: ActWorld): void {
  const said = JSON.stringify(acts.map(({ id, outcomes }) => [id, outcomes]));
  expect(effects(), said).toBeLessThanOrEqual(1);
  expect(
    endsOf(acts).filter((end) => end === 'done'),
    said,
  ).toHaveLength(effects());
  for (const end of endsOf(acts)) expect(['done', 'refused', 'failed'], said).toContain(end);
  expect(endsOf(acts).includes('failed'), `in part: ${said}`).toBe(effects() === 0 && isInPart());
}

export async function expectKeptPromise(breaks: ActBreak[], mode: Mode, other?: OtherAct): Promise<void> {
  const world = await openActWorld(breaks, mode, other);
  const first = await world.act(KEY);
  expectDecent(first);
  const services = breaks.filter(isOfService);
  if (first.status !== 200 && services.length > 0) {
    const { readings } = await asServer(() => readState(defaultRegion().id));
    expectOthersStay(readings, services);
  }
  expect(world.effects()).toBeLessThanOrEqual(1);
  if (first.status === 200) expect(world.effects()).toBe(1);
  const wasUnrecorded = first.body.type === '/api/problems/no-journal/';
  if (wasUnrecorded) expect(world.writes(), 'writes without a journal').toBe(0);

  world.mendAll();
  await world.keep();
  const kept = await world.journal();
  expectTruth(kept, world);

  const second = await world.act(KEY);
  expectDecent(second);
  const [entry] = kept;
  if (wasUnrecorded) expect(second.status, JSON.stringify(second.body)).toBe(200);
  else if (entry)
    expect([second.body.id ?? second.body.act_id, second.status === 200]).toEqual([entry.id, entry.outcome === 'done']);
  else expect(second.status, JSON.stringify(second.body)).toBe(200);
  expectTruth(await world.journal(), world);

  // Whatever happened, it can be done in the end.
  if (world.effects() === 0) {
    const anew = await world.actAnew();
    expect(anew.status, JSON.stringify(anew.body)).toBe(200);
    await world.keep();
    expectTruth((await world.journal()).slice(0, 1), world);
  }
  const log = world.log();
  expect(log.match(/gAAAA|"simulated"|simulated@|password|\bat \S+ \(/)?.[0], 'in the log').toBeUndefined();
  if (breaks.every(isOfService)) expect(log.match(/.*"level":"(error|fatal)".*/)?.[0], 'in the log').toBeUndefined();
}
