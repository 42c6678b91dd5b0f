import { describe, expect, it } from 'vitest';
import { describeHistory } from '@/components/hosts/history';
import { HOUR_MS } from '@/lib/units';

const NOON = Date.UTC(2026, 1, 12, 12);

describe('describeHistory', () => {
  it('names the lowest, highest and last load, and mentions gaps', () => {
    const points = [61, null, 94, 90].map((value, at) => ({ at: NOON + at * HOUR_MS, value }));
    expect(describeHistory('CPU of cmp-1', [{ name: 'CPU', points }])).toBe(
      'CPU of cmp-1: between 61% and 94%, highest at 14:00 UTC, 90% at 15:00 UTC. There are gaps. The same figures are in the table view.',
    );
  });

  it('says that a load was not measured', () => {
    expect(describeHistory('RAM of cmp-1', [{ name: 'RAM', points: [{ at: NOON, value: null }] }])).toBe(
      'RAM of cmp-1: not measured.',
    );
  });
});
