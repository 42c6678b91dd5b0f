import { describe, expect, it } from 'vitest';
import { describeDuration, describeLeft, describeStart, describeWho } from '@/components/figures/started-words';
import type { PlanStarted } from '@/lib/contract/v1/plan-list';
import { MINUTE_MS } from '@/lib/units';
import { listed } from './host-samples';
import { NOW } from './samples';

const HERE: PlanStarted = {
  by: 'here',
  person: 'admin',
  reason: 'move db out of rack 1',
  at: NOW - 10 * MINUTE_MS,
  began_at: NOW - 9 * MINUTE_MS,
};
const plain = (text: string | null) => text?.replaceAll('\u202f', ' ') ?? null;
const said = (started: PlanStarted | null) => plain(describeStart(listed({ started }), NOW));

describe('who started a plan, in words', () => {
  it('has the time, the person and the reason', () => {
    expect(said(HERE)).toMatch(/^started at \d\d:\d\d UTC by admin: “move db out of rack 1”$/);
    expect(describeWho({ ...HERE, reason: '' })).toBe('admin: no reason given');
  });

  it('says what is not known of others', () => {
    const outside: PlanStarted = { ...HERE, by: 'outside', person: null, reason: null };
    expect(said(outside)).toMatch(/^started outside at \d\d:\d\d UTC$/);
    expect(describeWho(outside)).toBe('outside, not known here');
    expect(describeWho({ ...outside, by: 'watcher' })).toContain('by itself');
    expect(said({ ...outside, by: 'unknown', at: null })).toMatch(
      /^started; by whom and why is not known: the journal/,
    );
    expect(said(null)).toBeNull();
  });

  it('has how long it took, and how long it still takes', () => {
    expect(plain(describeDuration(listed({ started: HERE, updated_at: NOW - 3 * MINUTE_MS })))).toBe('took 6 min');
    expect(describeDuration(listed({ started: null, updated_at: NOW }))).toBeNull();
    expect(plain(describeLeft(listed({ seconds_left: 350 })))).toBe('about 6 min left');
    expect(describeLeft(listed())).toBeNull();
  });
});
