import { describe, expect, it } from 'vitest';
import { type CarefulRun, isAtRest } from '@/lib/domain/careful/careful-run';
import { titleOfCareful } from '@/lib/domain/careful/careful-words';
import { type Looked, next } from '@/lib/domain/careful/next';
import { progressOf } from '@/lib/domain/careful/progress';
import { beginStep, endRun, note, resumeRun } from '@/lib/domain/careful/record';
import { allWork, auditWith, by, looked, MINUTE, move, running, START, started, view, withPlan, word } from './runs';

const BY_ANNA = { person: 'anna', reason: 'fixed' };

/** A run whose first step is being made when it ends. */
const endedEarly = (): CarefulRun =>
  endRun(beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START }), by(MINUTE));

const audit = (state: string): Looked['untidy'] => ({ id: 'step-audit', state, plan: null });
const OF = { auditId: 'step-audit', planId: 'step-plan' };

describe('a careful run that has ended', () => {
  it('cancels the plan of a step that came afterwards, and rests only then', () => {
    const run = endedEarly();
    expect(isAtRest(run)).toBe(false);
    expect(next(run, looked({ now: MINUTE, untidy: audit('PENDING') }))).toEqual({ do: 'wait' });
    expect(next(run, looked({ now: MINUTE, untidy: audit('ONGOING') }))).toEqual({ do: 'wait' });
    const came = looked({ now: 2 * MINUTE, untidy: auditWith([move(1)]) });
    expect(next(run, came)).toEqual({ do: 'withdraw', ...OF });
    expect(next(run, { ...came, untidy: auditWith([move(1)], 'PENDING') })).toEqual({ do: 'withdraw', ...OF });
    const cancelled = next(run, { ...came, untidy: auditWith([move(1)], 'CANCELLED') });
    expect(cancelled).toEqual({ do: 'note-tidy', of: OF });
    if (cancelled.do !== 'note-tidy') return;
    const tidy = note(run, cancelled, 2 * MINUTE);
    expect(isAtRest(tidy)).toBe(true);
    expect(tidy.steps[0]).toMatchObject(OF);
    expect(next(tidy, came)).toEqual({ do: 'wait' });
  });

  it('waits for a request for an audit that may still arrive, and for no plan where none comes', () => {
    const run = endedEarly();
    expect(next(run, looked({ now: 1.5 * MINUTE }))).toEqual({ do: 'wait' });
    expect(next(run, looked({ now: 2.5 * MINUTE }))).toEqual({ do: 'note-tidy', of: null });
    expect(next(run, looked({ now: MINUTE, untidy: audit('FAILED') }))).toEqual({ do: 'note-tidy', of: null });
  });

  it('follows a step that runs to its end, also one that was started all the same', () => {
    const run = endedEarly();
    const taken = next(run, looked({ now: 2 * MINUTE, untidy: auditWith([move(1)], 'ONGOING') }));
    expect(taken).toEqual({ do: 'note-taken', ...OF });
    if (taken.do !== 'note-taken') return;
    for (const going of [note(run, taken, 2 * MINUTE), endRun(running(started(2)), by(MINUTE))]) {
      expect(isAtRest(going)).toBe(false);
      expect(titleOfCareful(going)).toBe('0 of 2 moved; step 1 goes to its end');
      const end = next(going, looked({ run: view([word(1, 'failed')], true) }));
      expect(end).toMatchObject({ do: 'note-end', why: null });
      if (end.do !== 'note-end') return;
      const over = note(going, end, 3 * MINUTE);
      expect(isAtRest(over)).toBe(true);
      expect(progressOf(over)).toEqual({ moved: 0, wrong: 1, left: 1, of: 2 });
    }
  });

  it('does not wait for ever for a step whose plan is gone', () => {
    const run = running(started(2));
    expect(next(run, looked({ now: 60 * MINUTE }))).toEqual({ do: 'wait' });
    const gone = next(run, looked({ now: 25 * 60 * MINUTE }));
    expect(gone).toMatchObject({
      do: 'note-end',
      results: [{ vmId: 'vm-1', word: 'unknown' }],
      why: { code: 'failed' },
    });
  });

  it('counts the moves of a step that was not started among those that its time ended', () => {
    const ready = withPlan(started(2, { untilAt: 10 }));
    expect(next(ready, looked({ now: 10, audit: auditWith([move(1)]) }))).toMatchObject({
      do: 'end',
      why: { text: 'Its time is over: 2 moves were not started.' },
    });
  });
});

describe('a step that was given up', () => {
  const givenUp = (): CarefulRun => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const paused = note(begun, { do: 'pause', why: { code: 'no-plan', text: '' } }, MINUTE);
    return note(resumeRun(paused, { now: 2 * MINUTE, ...BY_ANNA }), { do: 'give-up' }, 2 * MINUTE);
  };

  it('has its plan cancelled if that comes all the same, before the next step begins', () => {
    const run = givenUp();
    const came = looked({ now: 9 * MINUTE, checked: allWork(run), untidy: auditWith([move(1)]) });
    expect(next(run, came)).toEqual({ do: 'withdraw', ...OF });
    const tidy = note(run, { do: 'note-tidy', of: OF }, 9 * MINUTE);
    expect(next(tidy, came)).toMatchObject({ do: 'begin', moves: [move(1)] });
  });

  it('does not hold up the run while Watcher has made no plan for it', () => {
    const run = givenUp();
    const waits = looked({ now: 9 * MINUTE, checked: allWork(run), untidy: audit('PENDING') });
    expect(next(run, waits)).toMatchObject({ do: 'begin' });
    expect(isAtRest(endRun(run, by(9 * MINUTE)))).toBe(false);
  });
});
