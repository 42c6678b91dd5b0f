import { describe, expect, it } from 'vitest';
import {
  bringsOf,
  describeExpiry,
  describeOrigin,
  describePreflight,
  describeProgress,
  describeTruth,
  noteOn,
} from '@/components/figures/plan-words';
import { endOfAxis } from '@/components/figures/spread-change';
import { DEFAULTS, plansCsvAddress, plansListAddress, readPlansChoice } from '@/components/plans/choice';
import { describeAppliers, describeCounts, describeOthers } from '@/components/plans/words';
import type { PlanTruth, PlanWorth } from '@/lib/contract/v1/plan-list';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { listed, WORTH } from './host-samples';
import { NOW } from './samples';

const plain = (text: string | null | undefined) => text?.replaceAll('\u202f', ' ');
const note = (changes: Partial<PlanWorth>) => plain(noteOn({ ...WORTH, ...changes }, 'a1'));

describe('what a list says about a plan', () => {
  it('has the strategy, how often its audit runs, and its age', () => {
    expect(plain(describeOrigin(listed(), NOW))).toBe('workload_stabilization, one-shot, 26 min ago');
    const repeats = { audit_type: 'CONTINUOUS', interval: '600', strategy: null };
    expect(plain(describeOrigin(listed(repeats), NOW))).toBe('workload_balancing, every 10 min, 26 min ago');
    expect(describeOrigin(listed({ ...repeats, interval: '0 2 * * *' }), NOW)).toContain('at 0 2 * * *');
    expect(describeOrigin(listed({ audit_type: 'EVENT' }), NOW)).toContain('by event');
  });

  it('is the spread, or a sentence where the goal is another or nothing moves', () => {
    const emptied = { count: 1, hosts: ['a'], vms_left: 0 };
    expect(bringsOf(WORTH)).toEqual({ kind: 'spread', now: 20.61, after: 8.4 });
    expect(bringsOf({ ...WORTH, emptied })).toEqual({ kind: 'sentence', text: 'Empties 1 host' });
    expect(bringsOf({ ...WORTH, emptied: { ...emptied, count: 0 } })).toMatchObject({ text: 'Empties no host' });
    expect(bringsOf({ ...WORTH, moves: 0 })).toMatchObject({ text: 'Nothing is left to do' });
    expect(bringsOf({ ...WORTH, moves: 0, others: 2 })).toMatchObject({ text: '2 actions that move no VM' });
  });

  it('notes the gravest first', () => {
    const partOf = { audit_id: 'a2', audit_name: 'other', plan_id: 'p2' };
    expect(note({})).toBe('no host is hot afterwards');
    expect(note({ enough: 4 })).toBe('4 moves are enough that no host is hot');
    expect(note({ cpu: { ...WORTH.cpu, hot: { now: 3, after: 1 } } })).toBe('cools cmp-1 and cmp-3');
    expect(note({ part_of: partOf })).toBe('all its moves are also in other');
    expect(note({ part_of: partOf, moves: 1 })).toBe('its one move is also in other');
    expect(note({ part_of: partOf, disabled: ['a'] })).toBe('a; it stays disabled afterwards');
    expect(note({ disabled: ['a'], heated: ['b'] })).toBe('makes b hot');
    expect(note({ heated: ['b'], shutdowns: 2 })).toBe('takes 2 running VMs out of service');
  });

  it('has the worst verdict first and the others below it', () => {
    expect(describePreflight(WORTH)).toMatchObject({ tone: 'warn', text: '3 warnings', more: '14 ok' });
    const counts = { ok: 2, unchecked: 1, warning: 1, 'would-fail': 4 };
    expect(describePreflight({ ...WORTH, counts })).toMatchObject({
      tone: 'error',
      text: '4 would fail',
      more: '1 warning, 1 not fully checked, 2 ok',
    });
  });

  it.each<[Partial<PlanTruth>, string, string]>([
    [{}, 'Still true', 'no host moved 5 pts'],
    [{ state: 'drifted', hosts_moved: 4 }, 'Drifted', '4 hosts moved 5 pts'],
    [{ state: 'vms-left', vms_left: 4 }, '4 VMs have left', 'their source hosts'],
    [{ state: 'vms-left', vms_left: 1 }, '1 VM has left', 'its source host'],
    [{ state: 'targets-lost', targets_lost: ['a', 'b', 'c'] }, '3 targets can’t take VMs', 'a, b and 1 more'],
    [{ state: 'unknown', hosts_moved: null, reason: 'Nobody knows.' }, 'Not known', 'loads not compared'],
  ])('says whether it is still true: %o', (changes, text, more) => {
    expect(describeTruth({ ...WORTH.truth, ...changes })).toMatchObject({ text, more });
  });

  it('counts the time left, marked below half an hour, with what ends it', () => {
    const expiry = (left: number, by: 'age' | 'next-run') =>
      describeExpiry(listed({ expires_at: NOW + left, expires_by: by }), NOW);
    expect(plain(expiry(22 * HOUR_MS, 'age')?.text)).toBe('22 h');
    expect(expiry(22 * HOUR_MS, 'age')?.isSoon).toBe(false);
    expect(expiry(6 * MINUTE_MS, 'next-run')).toMatchObject({ isSoon: true });
    expect(expiry(6 * MINUTE_MS, 'next-run')?.title).toMatch(/^Its audit runs again/);
    expect(expiry(-MINUTE_MS, 'next-run')?.text).toBe('any moment');
    expect(expiry(-MINUTE_MS, 'age')?.text).toBe('expired');
    expect(describeExpiry(listed({ expires_at: null }), NOW)).toBeNull();
  });

  it('counts what is done of a plan that runs', () => {
    const progress = { actions: 8, done: 2, running: 1, failed: 1, cancelled: 1, skipped: 0 };
    expect(describeProgress(listed({ progress }))).toBe('2 of 8 actions done, 1 running, 1 failed, 1 stopped');
  });
});

it('gives all spreads of a list one axis of whole steps', () => {
  expect([endOfAxis([22.9, 7.3]), endOfAxis([25]), endOfAxis([25.1]), endOfAxis([])]).toEqual([25, 25, 30, 5]);
});

describe('the page of plans', () => {
  const counts = { running: 0, waiting: 0, done: 0, unchanged: 0 };

  it('says how many plans wait and run', () => {
    expect(describeCounts({ ...counts, waiting: 5, running: 1 })).toBe('5 plans wait for you, 1 is running');
    expect(describeCounts({ ...counts, waiting: 1, running: 2 })).toBe('1 plan waits for you, 2 are running');
    expect(describeCounts({ ...counts, running: 1 })).toBe('No plan waits, 1 is running');
    expect(describeCounts(counts)).toBe('No plan waits');
  });

  it('says what is left besides what is worth doing', () => {
    const groups = { worth_doing: 2, little_to_gain: 2, not_as_it_stands: 1 };
    expect(describeOthers(groups)).toBe('2 bring little, 1 no longer holds.');
    expect(describeOthers({ ...groups, little_to_gain: 0, not_as_it_stands: 0 })).toBeNull();
  });

  it('warns of several appliers, and of none', () => {
    expect(describeAppliers(1)).toMatchObject({ isRisky: false });
    expect(describeAppliers(3)).toEqual({
      text: '3 appliers: plans run side by side, on the same hosts',
      isRisky: true,
    });
    expect(describeAppliers(0)?.isRisky).toBe(true);
    expect(describeAppliers(null)).toBeNull();
  });

  it('keeps its choices in the address, without defaults', () => {
    expect(readPlansChoice({})).toEqual(DEFAULTS);
    expect(readPlansChoice({ show: 'everything', page: '-3', goal: '' })).toEqual(DEFAULTS);
    const choice = readPlansChoice({ q: 'web', show: 'done', goal: ['a', 'b'], page: '2' });
    expect(plansListAddress(choice)).toBe('/plans/?q=web&show=done&goal=a&page=2');
    expect(plansListAddress(DEFAULTS)).toBe('/plans/');
    expect(plansCsvAddress({ ...choice, page: 2 })).toBe('/plans.csv?q=web&show=done&goal=a');
    expect(plansCsvAddress(DEFAULTS)).toBe('/plans.csv?show=waiting');
  });
});
