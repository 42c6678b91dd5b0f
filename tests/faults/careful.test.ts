import { afterEach, describe, it, vi } from 'vitest';
import { SOME } from './act-kinds';
import { expectCarefulPromise, expectEndedPromise } from './careful-promise';
import { type CarefulBreak, MOMENTS } from './careful-world';
import { chooseSingles } from './choose-pairs';
import { KINDS, SERVICES } from './kinds';

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

/** Watcher is written to, so that it breaks in more ways. */
const OF_WATCHER = [...SOME, '503', '401', '403', 'wrong types'];

const SINGLES: CarefulBreak[] = MOMENTS.flatMap((moment) => [
  ...SERVICES.flatMap((service) =>
    KINDS.filter(({ name }) => (service === 'watcher' ? OF_WATCHER : SOME).includes(name)).map((kind) => ({
      moment,
      service,
      kind,
    })),
  ),
  ...(['away', 'lost answer'] as const).map((kind) => ({ moment, service: 'journal' as const, kind })),
]);

/** As a person ends a run: every service in the ways that differ most, and the journal. */
const ENDS: CarefulBreak[] = [
  ...SERVICES.flatMap((service) =>
    KINDS.filter(({ name }) =>
      (service === 'watcher' ? ['refused', '500', '401', '403'] : ['refused']).includes(name),
    ).map((kind) => ({ moment: 'end' as const, service, kind })),
  ),
  { moment: 'end', service: 'journal', kind: 'away' },
];

const describeOne = (one: CarefulBreak) =>
  `${one.moment}, ${one.service}: ${one.service === 'journal' ? one.kind : one.kind.name}`;

describe('a careful run with a fault for two minutes', () => {
  it.each(
    chooseSingles(SINGLES.map((one, at) => [describeOne(one), at % 2 === 0 ? 'person' : 'service', one] as const)),
  )('%s, ACTIONS=%s', async (_, mode, one) => {
    await expectCarefulPromise([one], mode);
  });
});

describe('a careful run that is ended while a step is being made, with a fault for two minutes', () => {
  it.each(
    ENDS.flatMap((one) => (['person', 'service'] as const).map((mode) => [describeOne(one), mode, one] as const)),
  )('%s, ACTIONS=%s', async (_, mode, one) => {
    await expectEndedPromise([one], mode);
  });
});
