import { afterEach, describe, it, vi } from 'vitest';
import { ACT_PAIRS, ACT_SINGLES, describeActBreak, otherSingles } from './act-kinds';
import { expectKeptPromise } from './act-promise';
import { choosePairs } from './choose-pairs';
import { OTHER_ACTS } from './other-acts';

// Whoever waits finds that the time has passed.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    vi.setSystemTime(Date.now() + ms);
    await new Promise((resolve) => setImmediate(resolve));
  },
}));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const modeOf = (at: number) => (at % 2 === 0 ? 'person' : 'service');

describe('the start of a plan with a fault', () => {
  it.each(ACT_SINGLES.map((one, at) => [describeActBreak(one), modeOf(at), one] as const))(
    '%s, ACTIONS=%s',
    async (_, mode, one) => {
      await expectKeptPromise([one], mode);
    },
  );
});

describe('the start of a plan with two faults, one after the other', () => {
  it.each(choosePairs(ACT_PAIRS).map((pair, at) => [pair.map(describeActBreak).join('; '), modeOf(at), pair] as const))(
    '%s, ACTIONS=%s',
    async (_, mode, pair) => {
      await expectKeptPromise(pair, mode);
    },
  );
});

describe.each(OTHER_ACTS.map((act) => [act.title ?? act.name, act] as const))('%s with a fault', (_, act) => {
  it.each(otherSingles(act.to).map((one, at) => [describeActBreak(one), modeOf(at), one] as const))(
    '%s, ACTIONS=%s',
    async (__, mode, one) => {
      await expectKeptPromise([one], mode, act);
    },
  );
});
