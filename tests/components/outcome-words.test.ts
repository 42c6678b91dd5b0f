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
  ])('from %s to %s reads “%s”', (now, after, words) => expect(plain(describeSpread({ now, after }))).toBe(words));
});

describe('the proposal of an audit, in one line', () => {
  const withEffect = (spread: number | null, emptied: number | null) =>
    describeProposal(summary({ effect: { spread_change: spread, moves_estimated: 0, hosts_emptied: emptied } }));

  it('ends with what matters for the goal', () => {
    expect(withEffect(-12.14, null)).toBe('2 migrations, 1 other action, spread −12.1');
    expect(withEffect(2.44, null)).toBe('2 migrations, 1 other action, spread +2.4');
    expect(withEffect(-0.04, null)).toBe('2 migrations, 1 other action, same spread');
    expect(withEffect(3, 2)).toBe('2 migrations, empties 2 hosts');
    expect(withEffect(3, 1)).toBe('2 migrations, empties 1 host');
    expect(withEffect(3, 0)).toBe('2 migrations, empties no host');
    expect(withEffect(null, null)).toBe('2 migrations, 1 other action');
  });

  it('says that it rests on an estimate', () => {
    const effect = { spread_change: -12.14, moves_estimated: 1, hosts_emptied: null };
    expect(describeProposal(summary({ effect }))).toBe('2 migrations, 1 other action, spread −12.1, partly estimated');
  });
});

describe('an old plan', () => {
  const waiting = (hours: number, state: string) => {
    const { audit } = detail();
    if (!audit.plan) throw new Error('the sample has a plan');
    return detail({ audit: { ...audit, plan: { ...audit.plan, state, created_at: NOW - hours * 3_600_000 } } });
  };

  it('has been waiting for more than a day and has not run', () => {
    expect(isOldPlan(waiting(25, 'RECOMMENDED'), NOW)).toBe(true);
    expect(isOldPlan(waiting(23, 'RECOMMENDED'), NOW)).toBe(false);
    expect(isOldPlan(waiting(25, 'SUCCEEDED'), NOW)).toBe(false);
  });
});

describe('the drift', () => {
  it('names up to a dozen hosts with their previous load', () => {
    const moved = Array.from({ length: 14 }, (_, i) => ({ host: `h${i}`, before: 50, now: 60 + i }));
    const lines = listDrift(drift({ moved, hosts_gone: ['x'] }))?.split('\n') ?? [];
    expect(lines[0]).toBe('h0: 50% → 60%');
    expect(lines.slice(12)).toEqual(['and 2 more', 'x: gone']);
    expect(listDrift(drift())).toBeUndefined();
  });
});
