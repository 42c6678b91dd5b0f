import { describe, expect, it } from 'vitest';
import { abortedInWords, NO_ACTS, skippedInWords, stoppedInWords } from '@/lib/domain/acts/run-acts';
import { at } from '../plans/nova-scene';
import { move, nova, only, running } from './run-scene';

const by = (person: string, reason: string | null = null) => ({ at: at(32), person, reason });
const unread = { ...NO_ACTS, missing: 'The journal can’t be read now.' };

describe('who acted on a run', () => {
  it('is named with the reason, for a plan that was stopped', () => {
    expect(stoppedInWords({ ...NO_ACTS, stopped: by('ops', 'too slow.') })).toBe('Stopped by ops: too slow.');
    expect(stoppedInWords({ ...NO_ACTS, stopped: by('ops') })).toBe('Stopped by ops.');
    expect(stoppedInWords(NO_ACTS)).toBe('Stopped from outside this dashboard.');
    expect(stoppedInWords(unread)).toBe('Stopped; by whom is not known.');
  });

  it('is named for a move that was aborted, alone or with its plan', () => {
    const own = { ...NO_ACTS, byAction: new Map([['vm', by('ops', 'cache is slow')]]) };
    expect(abortedInWords(own, 'vm', false)).toBe('Aborted by ops: cache is slow.');
    const stopped = { ...NO_ACTS, stopped: by('ada') };
    expect(abortedInWords(stopped, 'vm', true)).toBe('Ended because ada stopped the plan.');
    expect(abortedInWords(NO_ACTS, 'vm', true)).toBe('Cancelled at Nova from outside this dashboard.');
    expect(abortedInWords(unread, 'vm', true)).toBe('Cancelled at Nova; by whom is not known.');
  });

  it('is named for a move that was left out, unless Watcher skipped it by itself', () => {
    const byUser = 'Action skipped by user. Reason: licence';
    const own = { ...NO_ACTS, byAction: new Map([['vm', by('ops', 'licence')]]) };
    expect(skippedInWords(own, 'vm', byUser)).toBe('Skipped by ops: licence.');
    const start = { ...NO_ACTS, started: by('ada', 'peak'), startLeftOut: true };
    expect(skippedInWords(start, 'vm', byUser)).toBe('Left out by ada at the start: peak.');
    expect(skippedInWords(NO_ACTS, 'vm', byUser)).toBe('Skipped from outside this dashboard: licence.');
    expect(skippedInWords(unread, 'vm', byUser)).toBe(byUser);
    const automatic = 'Action was skipped automatically: VM not found';
    expect(skippedInWords(start, 'vm', automatic)).toBe(automatic);
    expect(skippedInWords(start, 'vm', null)).toBeNull();
  });

  it('is shown with the move', () => {
    const acts = { ...NO_ACTS, byAction: new Map([['vm', by('ops', 'cache is slow')]]) };
    const aborted = only({ actions: [move({ state: 'FAILED' })], migrations: [nova('cancelled')], acts });
    expect(aborted).toMatchObject({ word: 'aborted', text: 'Aborted by ops: cache is slow. It stays on a.' });
    expect(aborted.decided_by).toEqual(by('ops', 'cache is slow'));
    const plan = running({ state: 'CANCELLED', updatedAt: at(34) });
    const never = only({ plan, actions: [move({ state: 'CANCELLED' })], acts: { ...NO_ACTS, stopped: by('ops') } });
    expect(never).toMatchObject({ word: 'not-started', text: 'Stopped by ops.' });
  });
});
