import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { yieldIfDue, yieldNow } from '@/lib/yield';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Runs the works at the same time; the turns of the event loop in which each took its steps. */
async function turnsOf(works: ((step: () => void) => Promise<void>)[]): Promise<number[][]> {
  let turn = 0;
  let isOver = false;
  const count = async () => {
    for (; !isOver; turn++) await nextTurn();
  };
  const counting = count();
  const taken = works.map((): number[] => []);
  await Promise.all(works.map((work, i) => work(() => taken[i]?.push(turn))));
  isOver = true;
  await counting;
  return taken;
}

test('works that yield at the same time go on one after the other, each in a turn of its own', async () => {
  const work = async (step: () => void) => {
    for (let i = 0; i < 3; i++) {
      await yieldNow();
      step();
    }
  };
  const taken = await turnsOf([work, work, work, work]);
  const turns = taken.flat();
  expect(turns).toHaveLength(12);
  expect(new Set(turns).size).toBe(12);
  // Nobody waits for all steps of another.
  for (const [first, , last] of taken) {
    expect(first).toBeLessThan(Math.min(...taken.map((own) => own[2] ?? 0)));
    expect(last).toBeGreaterThan(Math.max(...taken.map((own) => own[0] ?? 0)));
  }
});

test('works share the time of a turn: steps of 3 ms by four works take 9 ms of one turn at most', async () => {
  // What the test before has booked is over by then.
  await nextTurn();
  await nextTurn();
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const work = async (step: () => void) => {
    await yieldNow();
    for (let i = 0; i < 6; i++) {
      await yieldIfDue();
      step();
      now += 3;
    }
  };
  const taken = await turnsOf([work, work, work, work]);
  const perTurn = new Map<number, number>();
  for (const turn of taken.flat()) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 3);
  expect(taken.flat()).toHaveLength(24);
  expect(Math.max(...perTurn.values())).toBe(9);
});

test('a clock of a test does not stop works that yield', async () => {
  vi.useFakeTimers();
  await expect(yieldNow()).resolves.toBeUndefined();
});
