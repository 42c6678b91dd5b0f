import { describe, expect, it } from 'vitest';
import { next } from '@/lib/domain/careful/next';
import { progressOf } from '@/lib/domain/careful/progress';
import { asked, beginStep, endRun, note, pauseRun, replaced, resumeRun } from '@/lib/domain/careful/record';
import { allWork, auditWith, by, looked, MINUTE, move, running, START, started, view, withPlan, word } from './runs';

const BY_ANNA = { person: 'anna', reason: 'fixed' };

describe('a careful run', () => {
  it('begins with its first move alone', () => {
    const run = started(3);
    expect(next(run, looked({ checked: allWork(run) }))).toMatchObject({ do: 'begin', moves: [move(1)], dropped: [] });
  });

  it('leaves out moves that no longer work, by name', () => {
    const run = started(3);
    const checked = [{ move: move(1), problem: 'It has left hot-1.' }, ...allWork(run).slice(1)];
    const command = next(run, looked({ checked }));
    expect(command).toMatchObject({ do: 'begin', moves: [move(2)], dropped: [{ move: move(1) }] });
    if (command.do !== 'begin') return;
    const begun = beginStep(run, command, { now: 0, start: START });
    expect(begun.left).toEqual([move(3)]);
    expect(begun.dropped).toEqual([{ move: move(1), text: 'It has left hot-1.' }]);
    expect(progressOf(begun)).toEqual({ moved: 0, wrong: 0, left: 2, of: 3 });
  });

  it('waits while nothing can be checked, and ends where nothing works', () => {
    const run = started(2);
    expect(next(run, looked())).toEqual({ do: 'wait' });
    const checked = run.left.map((one) => ({ move: one, problem: 'gone' }));
    expect(next(run, looked({ checked }))).toMatchObject({ do: 'end', why: { code: 'nothing-works' } });
  });

  it('pauses once if somebody opens the host that it drains, and goes on if a person wants that', () => {
    const drain = { ...started(3), of: { kind: 'drain' as const, host: 'hot-1' } };
    const opened = looked({ checked: allWork(drain), isOpenAgain: true });
    expect(next(drain, opened)).toMatchObject({ do: 'pause', why: { code: 'host-open' } });
    expect(next(drain, { ...opened, isOpenAgain: false }).do).toBe('begin');
    const begun = beginStep(drain, { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const measured = {
      ...begun,
      steps: begun.steps.map((step) => ({ ...step, measuredAt: 1, endedAt: 1, startedAt: 1 })),
    };
    const paused = note(measured, { do: 'pause', why: { code: 'host-open', text: '' } }, 0);
    expect(next(resumeRun(paused, { now: 0, ...BY_ANNA }), opened).do).toBe('begin');
  });

  it('asks Watcher for a plan under a name that a second one can’t have', () => {
    const run = started(2);
    const begun = beginStep(run, { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    expect(begun.steps[0]?.auditName).toBe('visio-12345678-step-1');
    expect(next(begun, looked())).toEqual({ do: 'create' });
    const audit = { id: 'step-audit', state: 'ONGOING', plan: null };
    expect(next(begun, looked({ audit }))).toEqual({ do: 'wait' });
    expect(next(begun, looked({ audit: auditWith([move(1)]) }))).toEqual({
      do: 'adopt',
      auditId: 'step-audit',
      planId: 'step-plan',
    });
  });

  it('starts nothing but what was approved', () => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const other = [
      [move(2)],
      [move(1), move(2)],
      [{ ...move(1), destination: 'elsewhere' }],
      [{ ...move(1), source: 'elsewhere' }],
      [{ ...move(1), live: false }],
      [],
    ];
    for (const moves of other) {
      expect(next(begun, looked({ audit: auditWith(moves) }))).toMatchObject({
        do: 'pause',
        why: { code: 'not-as-approved' },
      });
    }
  });

  it('says so where no engine makes its plan', () => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const audit = { id: 'step-audit', state: 'PENDING', plan: null };
    expect(next(begun, looked({ audit, now: 2 * MINUTE - 1 }))).toEqual({ do: 'wait' });
    expect(next(begun, looked({ audit, now: 2 * MINUTE }))).toMatchObject({ do: 'pause', why: { code: 'no-plan' } });
    const failed = { id: 'step-audit', state: 'FAILED', plan: null };
    const paused = note(begun, { do: 'pause', why: { code: 'no-plan', text: '' } }, 0);
    expect(next(begun, looked({ audit: failed }))).toMatchObject({ do: 'pause', why: { code: 'no-plan' } });
    // Gone on with, the same move gets a plan of its own.
    const again = resumeRun(paused, { now: 0, ...BY_ANNA });
    const giveUp = next(again, looked({ audit: failed }));
    if (giveUp.do !== 'give-up') throw new Error(giveUp.do);
    const given = note(again, giveUp, 0);
    expect(given.left).toEqual([move(1), move(2)]);
    expect(next(given, looked({ checked: allWork(given) }))).toMatchObject({ do: 'begin' });
  });

  it('waits anew for an engine that was away before it gives a step up, whose plan may still come', () => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const audit = { id: 'step-audit', state: 'PENDING', plan: null };
    const stop = { do: 'pause', why: { code: 'no-plan', text: '' } } as const;
    const once = resumeRun(note(begun, stop, 2 * MINUTE), { now: 9 * MINUTE, ...BY_ANNA });
    expect(next(once, looked({ audit, now: 11 * MINUTE - 1 }))).toEqual({ do: 'wait' });
    expect(next(once, looked({ audit, now: 11 * MINUTE }))).toMatchObject({ do: 'pause' });
    expect(next(once, looked({ audit: auditWith([move(1)]), now: 11 * MINUTE }))).toMatchObject({ do: 'adopt' });
    const twice = resumeRun(note(once, stop, 11 * MINUTE), { now: 12 * MINUTE, ...BY_ANNA });
    expect(next(twice, looked({ audit, now: 14 * MINUTE }))).toEqual({ do: 'give-up' });
  });

  it('counts the wait for a plan from when Watcher was asked, however long that took', () => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const audit = { id: 'step-audit', state: 'PENDING', plan: null };
    expect(next(asked(begun, 5 * MINUTE), looked({ audit, now: 6 * MINUTE }))).toEqual({ do: 'wait' });
  });

  it('waits for the plan of a step anew after days of waiting for a sign-in', () => {
    const begun = beginStep(started(2), { do: 'begin', moves: [move(1)], dropped: [] }, { now: 0, start: START });
    const paused = note(begun, { do: 'pause', why: { code: 'sign-in', text: '' } }, 0);
    const audit = { id: 'step-audit', state: 'PENDING', plan: null };
    const again = resumeRun(paused, { now: 60 * MINUTE, ...BY_ANNA });
    expect(next(again, looked({ now: 60 * MINUTE }))).toEqual({ do: 'create' });
    expect(next(again, looked({ audit, now: 61 * MINUTE }))).toEqual({ do: 'wait' });
    expect(next(again, looked({ audit, now: 62 * MINUTE }))).toMatchObject({ do: 'pause', why: { code: 'no-plan' } });
  });

  it('cancels the plan that it carries out before it starts the first step, once', () => {
    const ready = { ...withPlan(started(2)), isReplaced: false };
    const audit = auditWith([move(1)]);
    expect(next(ready, looked({ audit }))).toEqual({ do: 'replace' });
    expect(next(replaced(ready), looked({ audit }))).toEqual({ do: 'start' });
    expect(next(ready, looked({ audit: auditWith([move(1)], 'PENDING') }))).toEqual({ do: 'note-start' });
  });

  it('follows a step to its end, measures it, and goes on', () => {
    let run = running(started(3));
    expect(next(run, looked({ run: view([word(1, 'copying')]) }))).toEqual({ do: 'wait' });
    const ended = next(run, looked({ run: view([word(1, 'done')], true) }));
    expect(ended).toMatchObject({ do: 'note-end', back: [], why: null });
    if (ended.do !== 'note-end') return;
    run = note(ended && run, ended, MINUTE);
    expect(next(run, looked({ now: 2 * MINUTE, load: { at: 2 * MINUTE, spread: 17, hot: [] } }))).toEqual({
      do: 'wait',
    });
    const measured = next(run, looked({ now: 3 * MINUTE, load: { at: 3 * MINUTE, spread: 17, hot: [] } }));
    expect(measured).toEqual({ do: 'note-measured', spread: 17, why: null });
    if (measured.do !== 'note-measured') return;
    run = note(run, measured, 3 * MINUTE);
    expect(progressOf(run)).toEqual({ moved: 1, wrong: 0, left: 2, of: 3 });
    expect(next(run, looked({ checked: allWork(run) }))).toMatchObject({ do: 'begin', moves: [move(2), move(3)] });
  });

  it('starts nothing after its time, and lets what runs end', () => {
    const rules = { untilAt: 10 };
    const fresh = started(2, rules);
    expect(next(fresh, looked({ now: 10, checked: allWork(fresh) }))).toMatchObject({
      do: 'end',
      why: { code: 'window' },
    });
    const ready = withPlan(started(2, rules));
    expect(next(ready, looked({ now: 10, audit: auditWith([move(1)]) }))).toMatchObject({ do: 'end' });
    const going = note(ready, { do: 'note-start' }, 9);
    expect(next(going, looked({ now: 11, run: view([word(1, 'copying')]) }))).toEqual({ do: 'wait' });
  });

  it('can be paused, gone on with and ended by a person', () => {
    const run = started(2);
    const paused = pauseRun(run, by(5));
    expect(paused).toMatchObject({ state: 'paused', why: { code: 'person', text: 'Paused by ops: lunch.', at: 5 } });
    expect(next(paused, looked({ checked: allWork(run) }))).toEqual({ do: 'wait' });
    expect(next(resumeRun(paused, { now: 0, ...BY_ANNA }), looked({ checked: allWork(run) }))).toMatchObject({
      do: 'begin',
    });
    const ended = endRun(paused, by(6));
    expect(ended).toMatchObject({ state: 'ended', why: { code: 'ended-by-person' } });
    expect(resumeRun(paused, { now: 7, ...BY_ANNA }).resumed).toEqual({ ...BY_ANNA, at: 7 });
    expect(resumeRun(ended, { now: 0, ...BY_ANNA })).toBe(ended);
    expect(pauseRun(ended, by(7))).toBe(ended);
  });

  it('ends when all its steps are done', () => {
    const run = { ...started(0), steps: [] };
    expect(next(run, looked())).toMatchObject({ do: 'end', why: { code: 'done' } });
  });
});
