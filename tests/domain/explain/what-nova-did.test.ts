import { describe, expect, it } from 'vitest';
import type { Happened } from '@/lib/contract/v1/happened';
import { resultOfPlan } from '@/lib/domain/explain/plan-result';
import { inState, ofPlan, plan } from './stories';

const said = (result: Happened['result'], differs = true): Happened => ({
  result,
  evidence: result === 'unknown' ? null : 'migration',
  started_at: null,
  ended_at: null,
  destination: null,
  migration_id: null,
  differs,
  text: '',
});

/** The two ONGOING actions of a plan that was cancelled half way were finished by Nova. */
const left = inState('SUCCEEDED', 'ONGOING', 'ONGOING', 'PENDING');
const finished = new Map([
  ['0', said('moved', false)],
  ['1', said('moved')],
  ['2', said('moved')],
  ['3', said('never-started', false)],
]);

describe('the result of a plan', () => {
  const of = (happened: ReadonlyMap<string, Happened>, state = 'FAILED') =>
    resultOfPlan(plan({ state }), left, happened);

  it('counts what Nova did, and says how much of it Watcher does not', () => {
    expect(of(finished)).toBe('3 of 4 actions done, 2 of them although Watcher does not say so, 1 never started.');
  });

  it('is what Watcher says, where Nova says nothing', () => {
    expect(of(new Map())).toBe('1 of 4 actions done, 2 interrupted, 1 never started.');
    expect(of(new Map(), 'ONGOING')).toBe('1 of 4 actions done, 2 running, 1 to come.');
    expect(of(new Map([['1', said('unknown', false)]]))).toBe('1 of 4 actions done, 2 interrupted, 1 never started.');
  });

  it('does not call done what Nova says failed', () => {
    expect(of(new Map([['0', said('failed')]]))).toBe('0 of 4 actions done, 1 failed, 2 interrupted, 1 never started.');
  });
});

describe('the explanation of a plan that was interrupted', () => {
  it('names the moves that Nova did all the same', () => {
    const explanation = ofPlan({ state: 'FAILED' }, left, { happened: finished });
    expect(explanation).toMatchObject({ code: 'left-behind' });
    expect(explanation?.cause).toContain('whatever Nova does');
    expect(explanation?.evidence).toContain(
      'Nova finished 2 moves that Watcher does not count as done: vm-1 and vm-2.',
    );
    // Nova has ended everything that it had begun.
    expect(explanation?.next).not.toContain('Nova may still finish');
  });

  it('says that Nova still runs a move, or that nothing is known of it', () => {
    const running = ofPlan({ state: 'FAILED' }, left, { happened: new Map([['1', said('running')]]) });
    expect(running?.evidence).toContain('Nova is still running 1 move that Watcher has given up on: vm-1.');
    expect(running?.next).toContain('Nova may still finish');
    const unknown = ofPlan({ state: 'FAILED' }, left, { happened: new Map([['1', said('unknown', false)]]) });
    expect(unknown?.evidence).toContain('What became of 1 move in Nova is unknown: vm-1.');
  });

  it('holds for a cancelled plan: what Nova finished shows that it ran', () => {
    const cancelled = inState('CANCELLED', 'CANCELLED');
    const before = ofPlan({ state: 'CANCELLED' }, cancelled);
    expect(before?.cause).toContain('before any action ran');
    const after = ofPlan({ state: 'CANCELLED' }, cancelled, { happened: new Map([['0', said('moved')]]) });
    expect(after?.cause).toContain('stopped while it ran');
    expect(after?.evidence[0]).toBe('1 of 2 actions done, 1 of them although Watcher does not say so, 1 cancelled.');
  });
});
