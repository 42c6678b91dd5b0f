import { describe, expect, it } from 'vitest';
import { next } from '@/lib/domain/careful/next';
import { note, resumeRun } from '@/lib/domain/careful/record';
import { looked, MINUTE, move, running, started, view, word } from './runs';

const BY_ANNA = { person: 'anna', reason: 'fixed' };

describe('a careful run stops by itself', () => {
  it('stops in the middle of a step where a move fails, and takes back what has not begun', () => {
    const run = running(started(3));
    const brake = next(run, looked({ run: view([word(1, 'failed'), word(2, 'waits')]) }));
    expect(brake).toMatchObject({ do: 'brake', why: { code: 'failed', text: 'web-1 did not move as approved.' } });
    if (brake.do !== 'brake') return;
    const paused = note(run, brake, MINUTE);
    const step = paused.steps[0];
    if (!step) throw new Error('no step');
    const two = { ...paused, steps: [{ ...step, moves: [move(1), move(2)] }], left: [move(3)] };
    const end = next(two, looked({ run: view([word(1, 'failed'), word(2, 'not-started')], true) }));
    expect(end).toMatchObject({ do: 'note-end', back: [move(2)], results: [{ vmId: 'vm-1', word: 'failed' }] });
    if (end.do !== 'note-end') return;
    const over = note(two, end, MINUTE);
    expect(over.state).toBe('paused');
    expect(over.left).toEqual([move(2), move(3)]);
    // A person accepts it: the same failure stops nothing again.
    const on = resumeRun(over, { now: 0, ...BY_ANNA });
    expect(next(on, looked({ now: 4 * MINUTE, load: { at: 4 * MINUTE, spread: 17, hot: [] } }))).toEqual({
      do: 'note-measured',
      spread: 17,
      why: null,
    });
  });

  it('stops where Watcher skips a move, and does not try it again and again', () => {
    const run = running(started(2));
    const end = next(run, looked({ run: view([word(1, 'left-out')], true) }));
    expect(end).toMatchObject({ do: 'note-end', back: [], results: [{ vmId: 'vm-1', word: 'left-out' }] });
    if (end.do !== 'note-end') return;
    const paused = note(run, end, MINUTE);
    expect([paused.state, paused.why?.text]).toEqual(['paused', 'web-1 did not move as approved.']);
    expect(paused.left).toEqual([move(2)]);
  });

  it('stops where a copy gains nothing for three minutes', () => {
    const run = running(started(2));
    const stuck = view([word(1, 'not-converging')]);
    expect(next(run, looked({ run: stuck, now: MINUTE }))).toEqual({ do: 'note-stuck', since: MINUTE });
    const noted = note(run, { do: 'note-stuck', since: MINUTE }, MINUTE);
    expect(next(noted, looked({ run: stuck, now: 4 * MINUTE - 1 }))).toEqual({ do: 'wait' });
    expect(next(noted, looked({ run: stuck, now: 4 * MINUTE }))).toMatchObject({ do: 'brake', why: { code: 'stuck' } });
    expect(next(noted, looked({ run: view([word(1, 'copying')]), now: 2 * MINUTE }))).toEqual({
      do: 'note-stuck',
      since: null,
    });
  });

  it('stops where a target gets hot, by loads that are newer than the step', () => {
    const run = running(started(2));
    const at = (time: number, hot: string[]) =>
      looked({ run: view([word(1, 'copying')]), load: { at: time, spread: 20, hot } });
    expect(next(run, at(0, ['cool-1']))).toEqual({ do: 'wait' });
    expect(next(run, at(1, ['cool-2', 'hot-1']))).toEqual({ do: 'wait' });
    expect(next(run, at(1, ['cool-1']))).toMatchObject({ do: 'brake', why: { code: 'hot' } });
  });

  it('stops where a step brings less than half of its promise', () => {
    const results = [{ vmId: 'vm-1', word: 'done' as const, text: '' }];
    const run = note(running(started(2)), { do: 'note-end', results, back: [], why: null }, 0);
    const measuredAt = (spread: number) =>
      next(run, looked({ now: 2 * MINUTE, load: { at: 2 * MINUTE, spread, hot: [] } }));
    // From 20 to 16 was promised: 18 is half.
    expect(measuredAt(18)).toMatchObject({ why: null });
    expect(measuredAt(18.1)).toMatchObject({ why: { code: 'little' } });
  });

  it('asks nobody about a step that ends after its time: the run ends', () => {
    const results = [{ vmId: 'vm-1', word: 'done' as const, text: '' }];
    const run = note(running(started(2, { untilAt: MINUTE })), { do: 'note-end', results, back: [], why: null }, 0);
    const late = looked({ now: 2 * MINUTE, load: { at: 2 * MINUTE, spread: 19, hot: [] } });
    const measured = next(run, late);
    expect(measured).toEqual({ do: 'note-measured', spread: 19, why: null });
    if (measured.do !== 'note-measured') return;
    expect(next(note(run, measured, 2 * MINUTE), late)).toMatchObject({ do: 'end', why: { code: 'window' } });
  });

  it('does not wait for loads for ever', () => {
    const run = note(running(started(2)), { do: 'note-end', results: [], back: [], why: null }, 0);
    expect(next(run, looked({ now: 7 * MINUTE - 1 }))).toEqual({ do: 'wait' });
    const pause = next(run, looked({ now: 7 * MINUTE }));
    expect(pause).toMatchObject({ do: 'pause', why: { code: 'not-measured' } });
    if (pause.do !== 'pause') return;
    expect(next(resumeRun(note(run, pause, 0), { now: 0, ...BY_ANNA }), looked())).toEqual({
      do: 'note-measured',
      spread: null,
      why: null,
    });
  });
});
