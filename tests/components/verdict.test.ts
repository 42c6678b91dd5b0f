import { describe, expect, it } from 'vitest';
import { describeHeat } from '@/components/widgets/heat/words';
import { describeProposal } from '@/components/widgets/proposal/words';
import type { AuditSummary } from '@/lib/contract/v1/audits';
import { summary } from './audit-samples';
import { HOSTS, HOSTS_400, hostMap, NO_HOSTS, OUTCOME, proposalOf } from './host-samples';
import { LIMITS, NOW, readings, STALE } from './samples';

const heat = (map = HOSTS) => describeHeat(map, LIMITS, NOW);

describe('describeHeat', () => {
  it('counts the hot hosts, names the hottest first and sums up the rest', () => {
    expect(heat()).toEqual({
      tone: 'hot',
      heading: '2 of 5 hosts are hot',
      asOf: null,
      hosts: [
        { name: 'cmp-r01-03', load: '96%' },
        { name: 'cmp-r01-01', load: '89%' },
      ],
      more: 0,
      rest: ['1 warm, 1 not measured.', 'Cluster CPU is 52%.'],
    });
  });

  it('names at most three hosts and counts the others', () => {
    const { heading, hosts, more } = heat(HOSTS_400);
    expect(heading).toBe('16 of 400 hosts are hot');
    expect([hosts.length, more]).toEqual([3, 13]);
  });

  it('uses the singular for one host', () => {
    expect(heat(hostMap([['a', 88, 10]])).heading).toBe('1 of 1 host is hot');
  });

  it('shows the RAM of a host that only its RAM makes hot', () => {
    const { heading, hosts } = heat(
      hostMap([
        ['a', 20, 97],
        ['b', 86, 50],
      ]),
    );
    expect(heading).toBe('2 of 2 hosts are hot');
    expect(hosts).toEqual([
      { name: 'b', load: '86%' },
      { name: 'a', load: 'RAM 97%' },
    ]);
  });

  it('names the hottest host even where none is hot', () => {
    expect(
      heat(
        hostMap([
          ['a', 20, 30],
          ['b', 84.9, 30],
        ]),
      ),
    ).toMatchObject({
      tone: 'good',
      heading: 'No hot hosts',
      hosts: [{ name: 'b', load: '85%' }],
    });
  });

  it('speaks of old data in the past, with its time', () => {
    const old = readings({ load: STALE });
    expect(heat({ ...HOSTS, readings: old })).toMatchObject({
      heading: '2 of 5 hosts were hot at 02:41',
      rest: ['1 warm, 1 not measured.', 'Cluster CPU was 52%.'],
    });
    expect(heat(hostMap([['a', 88, 10]], { readings: old })).heading).toBe('1 of 1 host was hot at 02:41');
    expect(heat(hostMap([['a', 8, 10]], { readings: old })).heading).toBe('No hot hosts at 02:41');
  });

  it('says why where nothing is measured or there are no hosts', () => {
    const none = hostMap([['a', null, null]], { used_percentage: null, reason: 'Prometheus refused the connection.' });
    expect(heat(none)).toMatchObject({ heading: 'Host load unknown', rest: ['Prometheus refused the connection.'] });
    expect(heat(NO_HOSTS).heading).toBe('No hosts in this region');
  });
});

const said = (audit: AuditSummary | null, old = false) => describeProposal(proposalOf({ audit }), old);
const withPlan = (changes: Partial<NonNullable<AuditSummary['plan']>>): AuditSummary => {
  const audit = summary();
  return { ...audit, plan: audit.plan && { ...audit.plan, ...changes } };
};

describe('describeProposal', () => {
  it('counts the migrations and says what they would change', () => {
    const { heading, changes } = said(withPlan({ migrations: 17, actions: 17 }));
    expect(heading.join('')).toBe('Watcher proposes 17 migrations');
    expect(changes).toEqual([
      { what: 'hottest host', from: '89%', to: '64%' },
      { what: 'spread', from: '20.6', to: '8.4\u202fpts' },
    ]);
  });

  it('says first that a plan empties hosts', () => {
    const outcome = { ...OUTCOME, emptied: { count: 2, hosts: ['a', 'b'], vms_left: 0, by: 'projection' as const } };
    const { changes } = describeProposal(proposalOf({ outcome }), false);
    expect(changes[0]).toEqual({ what: 'Empties', from: '', to: '2 hosts' });
  });

  it('says how many of the figures rest on an estimate', () => {
    const noteOf = (moves_estimated: number) =>
      describeProposal(proposalOf({ outcome: { ...OUTCOME, moves_left: 17, moves_estimated } }), false).note;
    expect(noteOf(0)).toBeNull();
    expect(noteOf(3)).toBe('The CPU of 3 of its 17 VMs is estimated.');
    expect(noteOf(17)).toBe('The CPU of its VMs is estimated.');
  });

  it.each([
    ['PENDING', 'Watcher is about to start 2 migrations'],
    ['ONGOING', 'Watcher is carrying out 2 migrations'],
    ['SUCCEEDED', 'Watcher carried out 2 migrations'],
    ['FAILED', 'The newest plan failed: 2 migrations'],
    ['SUPERSEDED', 'The newest plan expired: 2 migrations'],
    ['CANCELLED', 'The newest plan was stopped: 2 migrations'],
  ])('words a plan that is %s by its state', (state, sentence) => {
    const { heading, changes } = said(withPlan({ state }));
    expect(heading.join('')).toBe(sentence);
    expect(changes.length > 0).toBe(state === 'PENDING' || state === 'ONGOING');
  });

  it('covers empty plans, other actions and plans that were not read', () => {
    expect(said(withPlan({ actions: 0, migrations: 0 })).heading.join('')).toBe('Watcher proposes no changes');
    expect(said(withPlan({ actions: 4, migrations: 0 })).heading.join('')).toBe('Watcher proposes 4 actions');
    expect(said(withPlan({ actions: null, migrations: null })).heading.join('')).toBe('Watcher proposes a plan');
  });

  it.each([
    ['ONGOING', 'Watcher is working on an audit'],
    ['FAILED', 'The newest audit failed'],
    ['CANCELLED', 'The newest audit was cancelled'],
    ['SUCCEEDED', 'The newest audit has no plan'],
  ])('says why an audit that is %s has no plan', (state, sentence) => {
    expect(said(summary({ state, plan: null })).heading.join('')).toBe(sentence);
  });

  it('says that there are no audits yet, and speaks of old ones in the past', () => {
    expect(said(null).heading.join('')).toBe('No audits yet');
    expect(said(summary(), true).heading.join('')).toBe('Watcher proposed 2 migrations');
  });
});
