import { describe, expect, it } from 'vitest';
import { type Day, daysToFull } from '@/lib/domain/forecast/days-to-full';
import { findSteps } from '@/lib/domain/forecast/level-steps';
import { slopeOf } from '@/lib/domain/forecast/slope';
import { CAPACITY, historyOf, trueDays, type Wanted } from './histories';

const valuesOf = (history: Day[]) => history.map(({ day, used }) => ({ day, value: used }));

describe('the slope of a daily series', () => {
  it('is what is added each day', () => {
    expect(slopeOf(valuesOf(historyOf({ days: 28, slope: 5 })))).toEqual({ low: 5, likely: 5, high: 5 });
  });

  it('does not see weekends', () => {
    expect(slopeOf(valuesOf(historyOf({ days: 28, slope: 5, weekend: 200 })))?.likely).toBe(5);
  });

  it('does not follow one odd day', () => {
    const values = valuesOf(historyOf({ days: 28, slope: 5 }));
    const odd = values.map((one, i) => (i === 20 ? { ...one, value: 9_999 } : one));
    expect(slopeOf(odd)?.likely).toBe(5);
  });

  it('takes days that are missing as missing, not as zero', () => {
    const values = valuesOf(historyOf({ days: 28, slope: 5 })).filter((_, i) => i % 5 !== 0);
    expect(slopeOf(values)?.likely).toBe(5);
  });

  it('is unknown with fewer than seven pairs of days a week apart', () => {
    expect(slopeOf(valuesOf(historyOf({ days: 13, slope: 5 })))).toBeNull();
    expect(slopeOf(valuesOf(historyOf({ days: 14, slope: 5 })))).not.toBeNull();
  });

  it('compares no days across a break', () => {
    const values = valuesOf(historyOf({ days: 40, slope: 5, step: { day: 20, by: 400 } }));
    expect(slopeOf(values, [values[20]?.day ?? 0])).toEqual({ low: 5, likely: 5, high: 5 });
  });

  it('is less certain the more a week’s growth differs from the next', () => {
    const widthOf = (strays: number) => {
      const slope = slopeOf(valuesOf(historyOf({ days: 60, slope: 5, strays })));
      return (slope?.high ?? 0) - (slope?.low ?? 0);
    };
    expect(widthOf(20)).toBeGreaterThan(2 * widthOf(5));
  });
});

describe('steps', () => {
  const stepsOf = (wanted: Wanted) => findSteps(valuesOf(historyOf(wanted)), 15);

  it('are found on their day, whether early, late or in the middle', () => {
    for (const day of [3, 8, 30, 57]) {
      expect(stepsOf({ days: 60, slope: 5, weekend: 40, step: { day, by: 110 } })).toEqual([
        { day: 20_000 + day, by: 110 },
      ]);
    }
  });

  it('can go down', () => {
    expect(stepsOf({ days: 60, slope: 5, step: { day: 30, by: -110 } })).toEqual([{ day: 20_030, by: -110 }]);
  });

  it('are neither growth nor weekends', () => {
    expect(stepsOf({ days: 60, slope: 50, weekend: 300 })).toEqual([]);
  });
});

describe('days to full', () => {
  it('are what is left over what is added each day', () => {
    // 500 + 27 * 5 = 635 on the last day; 1,500 - 635 = 865 are left, which is 173 days of 5.
    expect(daysToFull(historyOf({ days: 28, slope: 5 }), CAPACITY)).toMatchObject({
      answer: 'days',
      soonest: 173,
      likely: 173,
      latest: 173,
      perDay: { likely: 5 },
      days: 28,
      steps: [],
    });
  });

  it('count until the limit, not until the capacity', () => {
    expect(daysToFull(historyOf({ days: 28, slope: 5 }), 735)).toMatchObject({ answer: 'days', likely: 20 });
  });

  it('leave out a project that arrived, but count what it uses', () => {
    // 635 + 110 = 745; 755 left.
    expect(daysToFull(historyOf({ days: 28, slope: 5, step: { day: 14, by: 110 } }), CAPACITY)).toMatchObject({
      answer: 'days',
      likely: 151,
      steps: [{ day: 20_014, by: 110 }],
    });
  });

  it('have no answer without history, or with less than two weeks of it', () => {
    expect(daysToFull([], CAPACITY)).toEqual({ answer: 'no-history' });
    expect(daysToFull(historyOf({ days: 13, slope: 5 }), CAPACITY)).toEqual({
      answer: 'short-history',
      days: 13,
      needed: 14,
    });
  });

  it('count from the last change of capacity, and say so if that was too short ago', () => {
    const history = historyOf({ days: 60, slope: 5, smaller: { until: 51, capacity: 1_400 } });
    expect(daysToFull(history, CAPACITY)).toEqual({
      answer: 'capacity-changed',
      days: 9,
      needed: 14,
      before: 1_400,
      now: 1_500,
    });
    const longAgo = historyOf({ days: 60, slope: 5, smaller: { until: 40, capacity: 1_400 } });
    expect(daysToFull(longAgo, CAPACITY)).toMatchObject({ answer: 'days', days: 20, perDay: { likely: 5 } });
  });

  it('are none for what does not grow, or only grew in one step', () => {
    expect(daysToFull(historyOf({ days: 60, slope: 0, noise: 5 }), CAPACITY).answer).toBe('not-growing');
    expect(daysToFull(historyOf({ days: 60, slope: -3 }), CAPACITY).answer).toBe('not-growing');
    expect(daysToFull(historyOf({ days: 60, slope: 0, step: { day: 30, by: 110 } }), CAPACITY)).toEqual({
      answer: 'step',
      step: { day: 20_030, by: 110 },
      days: 60,
    });
  });

  it('are over where the limit is reached', () => {
    expect(daysToFull(historyOf({ days: 28, slope: 5 }), 600)).toEqual({ answer: 'full', used: 635 });
  });

  it('may have no latest day, where weeks go up and down by more than they grow', () => {
    const history = historyOf({ days: 56, slope: 2 }).map((one, i) => ({
      ...one,
      used: one.used + 60 * Math.sin((2 * Math.PI * i) / 28),
    }));
    expect(daysToFull(history, CAPACITY)).toMatchObject({ answer: 'days', latest: null });
  });
});

describe('the forecast of a past that is known', () => {
  const backTest = (wanted: Wanted) => {
    const histories = Array.from({ length: 100 }, (_, i) => historyOf(wanted, i + 1));
    const answers = histories.flatMap((history) => {
      const answer = daysToFull(history, CAPACITY);
      return answer.answer === 'days' ? [{ ...answer, actual: trueDays(history, CAPACITY, wanted.slope) }] : [];
    });
    const within = answers.filter(
      ({ soonest, latest, actual }) => soonest <= actual && (latest === null || actual <= latest),
    );
    return { answered: answers.length, within: within.length / answers.length };
  };

  it('holds the true day with noise, weekends, steps and new hosts', () => {
    const cases: Wanted[] = [
      { days: 60, slope: 5, noise: 5 },
      { days: 60, slope: 5, noise: 20 },
      { days: 21, slope: 5, noise: 5, weekend: 40 },
      { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 30, by: 110 } },
      { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 57, by: 110 } },
      { days: 60, slope: 5, noise: 5, weekend: 10, smaller: { until: 30, capacity: 1_200 } },
    ];
    for (const wanted of cases) {
      const { answered, within } = backTest(wanted);
      expect(answered, JSON.stringify(wanted)).toBe(100);
      expect(within, JSON.stringify(wanted)).toBeGreaterThan(0.9);
    }
  });

  it('holds it about four times out of five where growth is made of chances', () => {
    expect(backTest({ days: 60, slope: 5, strays: 30 }).within).toBeGreaterThan(0.75);
  });
});
