import { describe, expect, it } from 'vitest';
import { describeSpread, isOldPlan, listDrift } from '@/components/audits/outcome-words';
import { describeProposal } from '@/components/audits/words';
import { detail, drift, summary } from './audit-samples';
import { NOW } from './samples';

const plain = (text: string | undefined) => (text ?? '').replaceAll('\u202f', ' ');

describe('the change of a spread', () => {
  it.each([
    [20, 8, '60% more even'],
    [20, 22, '10% less even'],
    [20, 20.04, 'No change'],
    [22.56, 22.54, 'Under 1% more even'],
    [0, 2, '2.0 pts less even'],
    [20, null, 'After the plan: unknown'],
    [null, null, 'No host is measured'],
  ])('%s to %s is “%s”', (now, after, words) => expect(plain(describeSpread({ now, after }))).toBe(words));
});

describe('what an audit proposes, in a line', () => {
  const withEffect = (spread: number | null, emptied: number | null) =>
    describeProposal(summary({ effect: { spread_change: spread, hosts_emptied: emptied } }));

  it('ends with what matters for its goal', () => {
    expect(withEffect(-12.14, null)).toBe('2 migrations, 1 other action, spread −12.1');
    expect(withEffect(2.44, null)).toBe('2 migrations, 1 other action, spread +2.4');
    expect(withEffect(-0.04, null)).toBe('2 migrations, 1 other action, same spread');
    expect(withEffect(3, 2)).toBe('2 migrations, empties 2 hosts');
    expect(withEffect(3, 1)).toBe('2 migrations, empties 1 host');
    expect(withEffect(3, 0)).toBe('2 migrations, empties no host');
    expect(withEffect(null, null)).toBe('2 migrations, 1 other action');
  });
});

describe('an old plan', () => {
  const waiting = (hours: number, state: string) => {
    const { audit } = detail();
    if (!audit.plan) throw new Error('the sample has a plan');
    return detail({ audit: { ...audit, plan: { ...audit.plan, state, created_at: NOW - hours * 3_600_000 } } });
  };

  it('is one that has waited for more than a day, not one that was executed', () => {
    expect(isOldPlan(waiting(25, 'RECOMMENDED'), NOW)).toBe(true);
    expect(isOldPlan(waiting(23, 'RECOMMENDED'), NOW)).toBe(false);
    expect(isOldPlan(waiting(25, 'SUCCEEDED'), NOW)).toBe(false);
  });
});

describe('the hosts that have moved', () => {
  it('are named with where they were, up to a dozen', () => {
    const moved = Array.from({ length: 14 }, (_, i) => ({ host: `h${i}`, before: 50, now: 60 + i }));
    const lines = listDrift(drift({ moved, hosts_gone: ['x'] }))?.split('\n') ?? [];
    expect(lines[0]).toBe('h0: 50% → 60%');
    expect(lines.slice(12)).toEqual(['and 2 more', 'x: gone']);
    expect(listDrift(drift())).toBeUndefined();
  });
});
