import { describe, expect, it } from 'vitest';
import type { Run } from '@/lib/contract/v1/run';
import { titleOf } from '@/lib/domain/acts/run-title';
import { MINUTE_MS } from '@/lib/units';
import { doneMove, run, runMove, waitingMove } from '../../components/run-samples';
import { NOW } from '../../components/samples';

const title = (more: Partial<Run>, ahead: string[] = [], hasApplier = true) => {
  const given = run(more);
  return titleOf({ ...given, state: given.plan.state, ahead, hasApplier });
};

const failed = runMove('f', { word: 'failed', group: 'ended' });

describe('the title of a run', () => {
  it('says how many moved, which wave runs, and what went wrong', () => {
    expect(title({ moves: [doneMove('a'), runMove('b')] })).toBe('1 of 2 moved');
    expect(title({ moves: [doneMove('a'), runMove('b'), waitingMove('c')] })).toBe('1 of 3 moved, wave 1 of 2');
    expect(title({ moves: [doneMove('a'), failed, runMove('b')] })).toBe('1 of 3 moved, 1 failed');
    expect(title({ moves: [doneMove('a'), runMove('b', { word: 'unknown' })] })).toBe('1 of 2 moved, 1 not known');
  });

  it('says what a queued plan waits for, and what a stopping one', () => {
    expect(title({ phase: 'queued' }, ['by-hand'])).toBe('Queued behind by-hand');
    expect(title({ phase: 'queued' })).toBe('Queued: no applier has taken it yet');
    expect(title({ phase: 'queued' }, ['by-hand'], false)).toBe('Queued: no applier is alive to take it');
    expect(title({ phase: 'stopping', moves: [runMove('a'), runMove('b')] })).toBe('Stopping: 2 moves end');
    expect(title({ phase: 'stopping', moves: [runMove('a')] })).toBe('Stopping: 1 move ends');
  });

  it('says when a run that has ended is measured, and then what part of the promise was kept', () => {
    const ended = { phase: 'ended' as const, moves: [doneMove('a'), doneMove('b')] };
    const delivered = { state: 'too-early' as const, after_at: NOW + 9 * MINUTE_MS };
    // Only these two fields are looked at.
    expect(title({ ...ended, delivered: delivered as Run['delivered'] })).toMatch(
      /^2 of 2 moved\. Measured at \d\d:\d\d, in 9\u202fmin$/,
    );
    const result = { kept: 88.7 } as Run['result'];
    expect(title({ ...ended, result })).toBe('2 of 2 moved; 89% of the promise kept');
    expect(title({ ...ended, result: { kept: -4 } as Run['result'] })).toBe('2 of 2 moved; 0% of the promise kept');
  });

  it('counts actions where a plan moves nothing', () => {
    const others = ['SUCCEEDED', 'PENDING'].map((state, i) => ({
      action_id: String(i),
      wave: 1,
      label: 'disable',
      target: null,
      state,
      text: '',
    }));
    expect(title({ moves: [], others })).toBe('1 of 2 actions done');
  });
});
