import { describe, expect, it } from 'vitest';
import { describeHeat } from '@/components/widgets/heat/words';
import { describeProposal, describeRank } from '@/components/widgets/proposal/words';
import { summary } from './audit-samples';
import { HOSTS, HOSTS_400, hostMap, listed, NO_HOSTS, proposalOf, WORTH } from './host-samples';
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

  it('says whose CPU it is where the page is about a zone or an aggregate', () => {
    expect(heat({ ...HOSTS, zone: 'az-a' }).rest).toEqual(['1 warm, 1 not measured.', 'CPU of all 5 is 52%.']);
    const nowhere = heat({ ...NO_HOSTS, aggregate: 'ssd' });
    expect([nowhere.heading, ...nowhere.rest]).toEqual([
      'No hosts there',
      'No compute host is in this zone or aggregate.',
    ]);
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

const said = (changes: Parameters<typeof proposalOf>[0] = {}, old = false) =>
  describeProposal(proposalOf(changes), { old, now: NOW });
const worth = (changes: Partial<typeof WORTH>) => listed({ worth: { ...WORTH, ...changes } });
const heading = (...given: Parameters<typeof said>) => said(...given).heading.join('');

describe('describeProposal', () => {
  it('counts the migrations of the best plan and says what they would change', () => {
    expect(heading()).toBe('Watcher proposes 17 migrations');
    expect(said().changes).toEqual([
      { what: 'hottest host', from: '89%', to: '64%' },
      { what: 'spread', from: '20.6', to: '8.4\u202fpts' },
    ]);
    expect(describeRank(proposalOf().counts)).toBe('Best of 5 plans that wait');
    expect(heading({}, true)).toBe('Watcher proposed 17 migrations');
  });

  it('says first that a plan empties hosts', () => {
    const best = worth({ emptied: { count: 2, hosts: ['a', 'b'], vms_left: 0 } });
    expect(said({ best }).changes[0]).toEqual({ what: 'empties', from: '', to: '2 hosts' });
  });

  it('says how many of the figures rest on an estimate, and that VMs are taken out of service', () => {
    const noteOf = (changes: Partial<typeof WORTH>) => said({ best: worth(changes) }).note;
    expect(noteOf({})).toBeNull();
    expect(noteOf({ moves_estimated: 3 })).toBe('The CPU of 3 of its 17 VMs is estimated.');
    expect(noteOf({ moves_estimated: 17 })).toBe('The CPU of its VMs is estimated.');
    expect(noteOf({ shutdowns: 1 })).toBe('It takes 1 running VM out of service.');
  });

  it('says how many moves are enough', () => {
    const best = worth({ enough: 4 });
    expect(heading({ best })).toBe('Watcher proposes 17 migrations; 4 are enough');
    expect(said({ best }).lead).toBe('After 4 moves no host is hot; after all 17: ');
    expect(heading({ best: worth({ enough: 1 }) })).toBe('Watcher proposes 17 migrations; 1 is enough');
  });

  it('recommends nothing where there is little to gain', () => {
    const cpu = { ...WORTH.cpu, spread: { now: 4.1, after: 3.9 } };
    const groups = { worth_doing: 0, little_to_gain: 3, not_as_it_stands: 2 };
    expect(said({ best: worth({ group: 'little-to-gain', cpu }), groups })).toMatchObject({
      tone: 'quiet',
      heading: ['Nothing worth doing', '', ''],
      note: '5 plans wait; the best takes the spread 4.1 → 3.9\u202fpts.',
    });
  });

  it('says that plans worth doing no longer hold where the best that holds brings little', () => {
    const best = worth({ group: 'little-to-gain' });
    const saidOf = (worthDoing: number) =>
      said({ best, groups: { worth_doing: worthDoing, little_to_gain: 1, not_as_it_stands: 2 } });
    expect(saidOf(0).heading[0]).toBe('Nothing worth doing');
    expect(saidOf(2)).toMatchObject({
      tone: 'quiet',
      heading: ['No plan worth doing still holds', '', ''],
      note: '2 plans would help now, but the loads have changed since they were made. Review them, or run their audits again.',
    });
    expect(saidOf(1).note).toContain('since it was made. Review it, or run its audit again.');
  });

  it('says that none holds any more, or that nobody knows', () => {
    expect(heading({ best: null })).toBe('5 plans wait, none still holds');
    const top = [listed({ worth: null, worth_reason: 'Nova refused the connection.' })];
    expect(said({ best: null, top })).toMatchObject({
      heading: ['5 plans wait', '', ''],
      note: 'Nova refused the connection.',
    });
  });

  it('leads to the reason where the last audit found nothing', () => {
    const given = { ...none, hot: 3, audit: empty };
    expect(said(given).why).toBe(empty.id);
    expect(said({ ...none, audit: summary({ state: 'CANCELLED', plan: null }) }).why).toBeNull();
    expect(said().why).toBeNull();
  });

  const none = { best: null, top: [], counts: { running: 0, waiting: 0, done: 0, unchanged: 3 } };
  const { plan } = summary();
  const empty = summary({ plan: plan && { ...plan, actions: 0 } });
  const nothing = 'The last audit found nothing to do 25 min ago.';
  it.each([
    ['finds nothing for hot hosts', { hot: 3, audit: empty }, 'No plan for the hot hosts', nothing],
    ['finds nothing while all is calm', { hot: 0, audit: empty }, 'No plan waits', nothing],
    [
      'has failed',
      { hot: 0, audit: summary({ state: 'FAILED', plan: null }) },
      'No plan waits',
      'The last audit failed 26 min ago.',
    ],
    [
      'runs',
      { hot: 3, audit: summary({ state: 'ONGOING', plan: null }) },
      'Watcher is working on an audit',
      'Its plan appears here once it is ready.',
    ],
    [
      'is missing',
      { audit: null },
      'No audits yet',
      'An audit looks and proposes; nothing moves until you start its plan.',
    ],
  ])('says why no plan waits where the last audit %s', (_, given, sentence, note) => {
    const { heading: words, note: more } = said({ ...none, ...given });
    expect([words.join(''), more?.replaceAll('\u202f', ' ')]).toEqual([sentence, note]);
  });
});
