import { describe, expect, it } from 'vitest';
import { whyInGroup } from '@/lib/cli/why-worth';
import type { PlanTruth, PlanWorth } from '@/lib/contract/v1/plan-list';
import { WORTH } from '../components/host-samples';

const why = (changes: Partial<PlanWorth>) => whyInGroup({ ...WORTH, ...changes });
const emptied = (count: number): PlanWorth['emptied'] => ({ count, hosts: [], vms_left: 0 });
const spread = (now: number | null, after: number | null): Pick<PlanWorth, 'cpu'> => ({
  cpu: { ...WORTH.cpu, spread: { now, after } },
});
const truth = (changes: Partial<PlanTruth>) => ({ ...WORTH.truth, ...changes });

describe('why a plan is in its group', () => {
  it('is what makes it worth doing, even if the spread rises', () => {
    expect(why({})).toBe('cools cmp-1 and cmp-3');
    expect(why({ emptied: emptied(1), ...spread(23, 25.4) })).toBe('empties 1 host');
    expect(why({ cooled: [] })).toBe('lowers the spread by a tenth or more');
    expect(why({ cooled: [], asked_for: true, ...spread(4, 4) })).toContain('was asked for');
  });

  it('is how little it brings', () => {
    const little: Partial<PlanWorth> = { group: 'little-to-gain', cooled: [] };
    expect(why({ ...little, ...spread(10, 9.9) })).toBe('lowers the spread by less than a tenth');
    expect(why({ ...little, ...spread(10, 12) })).toBe('does not lower the spread');
    expect(why({ ...little, ...spread(null, null) })).toBe('no host is measured');
    expect(why({ ...little, emptied: emptied(0) })).toBe('empties no host');
  });

  it('is why it can’t run as it stands', () => {
    const not: Partial<PlanWorth> = { group: 'not-as-it-stands' };
    expect(why({ ...not, expired: true })).toBe('has expired');
    expect(why({ ...not, truth: truth({ state: 'vms-left', vms_left: 2 }) })).toBe('2 VMs have left');
    expect(why({ ...not, truth: truth({ state: 'targets-lost', targets_lost: ['cmp-9'] }) })).toBe(
      'cmp-9 can’t take VMs any more',
    );
    const counts = { ...WORTH.counts, 'would-fail': 1 };
    expect(why({ ...not, verdict: 'would-fail', counts })).toBe('1 move would fail');
    expect(why({ ...not, moves: 0 })).toBe('nothing is left to do');
  });
});
