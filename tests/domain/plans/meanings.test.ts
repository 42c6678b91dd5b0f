import { describe, expect, it } from 'vitest';
import { actionStateMeaning, auditStateMeaning, planStateMeaning } from '@/lib/domain/plans/meanings';
import { type Release, releaseOf, UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import type { Microversion } from '@/lib/openstack/microversions';
import { migrate } from '../build';

const api = (minor: number) => releaseOf({ highest: [1, minor] });
const actions = (...states: string[]) => states.map((state, i) => migrate(String(i), [`vm-${i}`, 'a', 'b'], { state }));
const meaning = (state: string, states: string[] | null, release: Release = UNKNOWN_RELEASE) =>
  planStateMeaning({ state }, states && actions(...states), release);
const ofAudit = (state: string, type = 'ONESHOT', hostname: string | null = null) =>
  auditStateMeaning({ state, type, hostname });

describe('the release of Watcher', () => {
  it.each<[Microversion, string | null, boolean | null, boolean | null]>([
    [[1, 0], '2025.1 or older', false, false],
    [[1, 4], '2025.1 or older', false, false],
    [[1, 5], '2025.2 or 2026.1', true, null],
    [[1, 6], '2025.2 or 2026.1', true, null],
    [[1, 7], '2026.2 or newer', true, true],
    [[1, 10], '2026.2 or newer', true, true],
  ])('is known from its API as far as %s proves it', (highest, name, skips, checksMoves) => {
    expect(releaseOf({ highest })).toMatchObject({ name, skips, checksMoves });
  });

  it('is unknown if Watcher does not list its versions', () => {
    expect(Object.values(releaseOf(null)).every((value) => value === null)).toBe(true);
    expect(releaseOf(undefined)).toEqual(UNKNOWN_RELEASE);
  });
});

describe('the meaning of a state', () => {
  it('is a sentence for every state, unknown ones included', () => {
    const audits = ['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUSPENDED', 'DELETED'];
    for (const state of audits) expect(ofAudit(state), state).not.toMatch(/Unknown state/);
    const ofPlans = ['RECOMMENDED', 'PENDING', 'ONGOING', 'FAILED', 'SUCCEEDED', 'DELETED', 'CANCELLED', 'SUPERSEDED'];
    for (const state of [...ofPlans, 'CANCELLING']) {
      expect(meaning(state, ['PENDING']), state).not.toMatch(/Unknown state/);
      expect(meaning(state, null), state).not.toMatch(/Unknown state/);
    }
    const ofActions = ['PENDING', 'ONGOING', 'FAILED', 'SUCCEEDED', 'DELETED', 'CANCELLED', 'CANCELLING', 'SKIPPED'];
    for (const state of ofActions) expect(actionStateMeaning(state, 'ONGOING'), state).not.toMatch(/Unknown state/);
    expect([ofAudit('NEW'), meaning('NEW', null), actionStateMeaning('NEW', 'ONGOING')]).toEqual(
      Array(3).fill('Unknown state: NEW.'),
    );
  });

  it('says of an audit that has not run what it is waiting for', () => {
    expect(ofAudit('PENDING', 'EVENT')).toBe('Waiting for a call of its webhook.');
    expect(ofAudit('PENDING', 'CONTINUOUS', 'ctl-1')).toBe('Waiting for its first run.');
    expect(ofAudit('PENDING', 'CONTINUOUS')).toMatch(/waiting for a decision engine/);
    expect(ofAudit('SUCCEEDED', 'CONTINUOUS')).toBe('Ended; it does not run again.');
    expect(ofAudit('CANCELLED', 'EVENT')).toBe('Cancelled; it does not run again.');
  });

  it.each<[string, string[], string]>([
    ['SUCCEEDED', [], 'Nothing to do: the plan is empty.'],
    ['SUCCEEDED', ['SUCCEEDED', 'SUCCEEDED'], 'All its actions were done.'],
    ['SUCCEEDED', ['SUCCEEDED', 'SKIPPED', 'SKIPPED'], 'No action failed; 2 of 3 actions were skipped.'],
    ['SUCCEEDED', ['SKIPPED', 'SKIPPED'], 'All its actions were skipped, so it changed nothing.'],
    ['SUCCEEDED', ['SUCCEEDED', 'FAILED'], 'Watcher reports success, but 1 of 2 actions failed.'],
    ['FAILED', ['SUCCEEDED', 'FAILED'], '1 of 2 actions failed.'],
    ['FAILED', ['SUCCEEDED', 'ONGOING', 'PENDING'], 'It was interrupted; none of its actions failed.'],
    ['FAILED', ['FAILED', 'PENDING'], '1 of 2 actions failed, and it was interrupted with 1 left.'],
    ['RECOMMENDED', [], 'It has no actions, so there is nothing to approve.'],
    ['RECOMMENDED', ['SKIPPED', 'PENDING'], 'Waiting for approval; 1 of 2 actions will be skipped.'],
    ['RECOMMENDED', ['SKIPPED'], 'All its actions are skipped, so there is nothing to approve.'],
    ['CANCELLED', ['SUCCEEDED', 'CANCELLED'], 'Stopped while it ran.'],
    ['CANCELLED', ['PENDING'], 'Cancelled before it ran.'],
  ])('of a plan follows from its actions: %s with %s', (state, states, expected) => {
    expect(meaning(state, states)).toBe(expected);
  });

  it('claims no more than the release proves if the actions were not read', () => {
    expect(meaning('SUCCEEDED', null, api(4))).toBe('Finished.');
    expect(meaning('SUCCEEDED', null, api(6))).toBe('Finished; no action failed.');
  });

  it('says what happens to running moves while a plan is cancelled, where the release is known', () => {
    expect(meaning('CANCELLING', ['ONGOING'], api(4))).toMatch(/abort the live migrations/);
    expect(meaning('CANCELLING', ['ONGOING'], api(7))).toMatch(/that run are finished/);
    expect(meaning('CANCELLING', ['ONGOING'], api(6))).toBe('Stopping.');
  });

  it('tells an action that will not run from a running one', () => {
    expect(actionStateMeaning('ONGOING', 'FAILED')).toMatch(/Will not run/);
  });
});
