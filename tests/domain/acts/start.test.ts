import { describe, expect, it } from 'vitest';
import type { PlanFacts } from '@/lib/domain/acts/facts';
import { cancelledBy, refuseArchive, refuseCancel, refuseSkip, refuseSkips } from '@/lib/domain/acts/other-acts';
import { seenIn } from '@/lib/domain/acts/seen';
import { NO_CHOICE, refuseStart } from '@/lib/domain/acts/start';
import { numberToConfirm, willHappen } from '@/lib/domain/acts/will-happen';
import { releaseOf, UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { actionRow, auditRow, planRow } from '../records';
import { host, move, scene, vm } from '../review/scene';

const NOW = Date.parse('2026-03-01T03:00:00Z');
const HOUR = 3_600_000;

const strategy = 'workload_stabilization';
const plan = (more: Partial<ActionPlan> = {}) => planRow({ strategy, createdAt: NOW - HOUR, ...more });
const audit = (more: Partial<Audit> = {}) => auditRow({ strategy, createdAt: NOW - HOUR, ...more });

/** Three VMs of 4 GiB move from a to b at once. */
function facts(more: Partial<PlanFacts> = {}, off: number[] = []): PlanFacts {
  const ids = ['x', 'y', 'z'];
  const set = scene({
    hosts: [host('a', 80), host('b', 20)],
    vms: ids.map((id) => vm(id, 'a')),
    steps: ids.map((id) => move(id, 'a', 'b')),
  });
  const { moves, shutdowns, totals, left_out: leftOut } = reviewPlan(set, { ...noVariant(), off: new Set(off) });
  return {
    now: NOW,
    plan: plan(),
    actions: ids.map((id) => actionRow(`action-${id}`)),
    audit: audit(),
    siblings: [plan()],
    rivals: [],
    services: [{ name: 'watcher-applier', host: 'ctl-1', status: 'ACTIVE', lastSeenAt: NOW }],
    release: releaseOf({ highest: [1, 7] }),
    expiryMs: 24 * HOUR,
    unreadable: null,
    moves,
    shutdowns,
    ramToCopy: totals.ram_to_copy,
    leftOut,
    ...more,
  };
}

const codes = (given: PlanFacts, choice = NO_CHOICE) => refuseStart(given, choice).map(({ code }) => code);

describe('a plan', () => {
  it('that waits, whose moves work, may be started', () => {
    expect(refuseStart(facts(), NO_CHOICE)).toEqual([]);
  });

  it.each([
    ['runs', plan({ state: 'ONGOING' }), 'already-started'],
    ['waits for an applier', plan({ state: 'PENDING' }), 'already-started'],
    ['was cancelled', plan({ state: 'CANCELLED' }), 'wrong-state'],
    ['is superseded', plan({ state: 'SUPERSEDED' }), 'expired'],
    ['is older than Watcher keeps plans', plan({ createdAt: NOW - 24 * HOUR }), 'expired'],
  ])('that %s may not', (_, given, code) => {
    expect(codes(facts({ plan: given }))[0]).toBe(code);
  });

  it('that a newer one replaced names the newer one', () => {
    const old = plan({ state: 'CANCELLED', updatedAt: NOW - 60_000 });
    const newer = plan({ id: 'newer', createdAt: NOW - 60_000 });
    const given = facts({ plan: old, siblings: [newer, old], audit: audit({ type: 'CONTINUOUS', state: 'ONGOING' }) });
    expect(refuseStart(given, NO_CHOICE)[0]).toMatchObject({
      code: 'replaced',
      plan_id: 'newer',
      text: 'A newer plan replaced this one at 02:59 UTC.',
    });
  });

  it('that Watcher is still making may not, whatever it has so far', () => {
    expect(codes(facts({ audit: audit({ state: 'ONGOING' }) }))).toEqual(['being-made']);
  });

  it('is not started into a queue that nobody serves', () => {
    const dead = { name: 'watcher-applier', host: 'ctl-1', status: 'FAILED', lastSeenAt: NOW - 420_000 };
    const [refusal] = refuseStart(facts({ services: [dead] }), NO_CHOICE);
    expect(refusal).toMatchObject({ code: 'no-applier', override: null });
    expect(refusal?.text).toContain('No applier has checked in since 02:53 UTC.');
    expect(codes(facts({ services: null }))).toEqual(['cannot-check']);
  });

  it('is not started blindly', () => {
    expect(codes(facts({ unreadable: 'Nova did not answer within 10 s.' }))).toEqual(['cannot-check']);
  });

  it('waits behind another one only if the person says so', () => {
    const rival = { planId: 'p2', name: 'by-hand', state: 'ONGOING', done: 2, of: 8, shared: ['a'] };
    const given = facts({ rivals: [rival] });
    expect(refuseStart(given, NO_CHOICE)).toMatchObject([{ code: 'another-runs', override: 'queue', plan_id: 'p2' }]);
    expect(refuseStart(given, NO_CHOICE)[0]?.text).toBe(
      'by-hand is running, 2 of 8 done. This plan would start after it without asking again, or beside it if the applier runs several at once. Both use 1 host: a.',
    );
    expect(codes(given, { ...NO_CHOICE, queue: true })).toEqual([]);
  });

  it('with moves that would fail needs each of them overridden', () => {
    const given = facts({ moves: facts().moves.map((one, at) => (at < 2 ? { ...one, verdict: 'would-fail' } : one)) });
    expect(refuseStart(given, NO_CHOICE)).toMatchObject([
      { code: 'would-fail', override: 'despite', moves: ['1', '2'] },
    ]);
    expect(codes(given, { ...NO_CHOICE, despite: new Set(['1']) })).toEqual(['would-fail']);
    expect(codes(given, { ...NO_CHOICE, despite: new Set(['1', '2']) })).toEqual([]);
  });

  it('is started in part only where Watcher can skip', () => {
    expect(codes(facts({}, [1]))).toEqual([]);
    expect(codes(facts({ release: releaseOf({ highest: [1, 4] }) }, [1]))).toEqual(['cannot-skip']);
    expect(codes(facts({ release: UNKNOWN_RELEASE }, [1]))).toEqual(['cannot-skip']);
  });

  it('with nothing left to do is not started', () => {
    expect(codes(facts({}, [1, 2, 3]))).toEqual(['nothing-left']);
    const stop = actionRow('stop-w', { type: 'stop' });
    expect(codes(facts({ actions: [stop] }, [1, 2, 3]))).toEqual([]);
    expect(codes(facts({ actions: [stop], leftOut: ['stop-w'] }, [1, 2, 3]))).toEqual(['nothing-left']);
  });
});

describe('what a start will do', () => {
  it('is said in numbers and in words', () => {
    const will = willHappen(facts({}, [3]), []);
    expect(will).toMatchObject({ vms: 2, moves: 2, live: 2, cold: 0, left_out: 1, sources: 1 });
    expect(will.lines).toContain('1 action will be skipped.');
    expect(will.lines).toContain(
      'Watcher gives both to Nova at once; by default Nova lets one leave each host at a time.',
    );
    expect(will.warnings).toEqual([
      'Nothing is rolled back: what has moved stays where it is.',
      'What is skipped can’t be brought back.',
    ]);
  });

  it('is confirmed by its number from three VMs on', () => {
    expect([0, 2, 3, 13].map((vms) => numberToConfirm({ vms }))).toEqual([null, null, 3, 13]);
  });

  it('warns of appliers that run plans side by side, and of moves that are started although they would fail', () => {
    const services = ['ctl-1', 'ctl-2'].map((name) => ({
      name: 'watcher-applier',
      host: name,
      status: 'ACTIVE',
      lastSeenAt: NOW,
    }));
    const failing = facts({ services, moves: facts().moves.map((one) => ({ ...one, verdict: 'would-fail' })) });
    expect(willHappen(failing, []).warnings).toEqual(
      expect.arrayContaining([expect.stringMatching(/^2 appliers are alive/), expect.stringMatching(/^Would fail: /)]),
    );
  });
});

describe('moves that may fail', () => {
  const reasons = [
    { check: 'aggregate' as const, verdict: 'warning' as const, text: 'Its flavor wants an aggregate.' },
  ];
  const doubtful = (count: number) =>
    willHappen(
      facts({ moves: facts().moves.map((one, i) => (i < count ? { ...one, verdict: 'warning', reasons } : one)) }),
      [],
    ).warnings;

  it('are named before the start: one with its reasons, several as a list', () => {
    expect(doubtful(0)).toHaveLength(1);
    const [x, y] = facts().moves.map(({ vm_name: name }) => name);
    expect(doubtful(1)).toContain(`${x} may fail or do harm: Its flavor wants an aggregate.`);
    expect(doubtful(2)).toContain(`2 moves may fail or do harm: ${x} and ${y}. The list of moves says why.`);
  });
});

describe('what a person has seen', () => {
  it('stays the same while only loads change, and differs once a VM or an action does', () => {
    const seen = seenIn(facts());
    expect(seenIn(facts({ now: NOW + 60_000, ramToCopy: 1 }))).toBe(seen);
    expect(seenIn(facts({ plan: plan({ state: 'PENDING' }) }))).not.toBe(seen);
    expect(seenIn(facts({ actions: [actionRow('action-x', { state: 'SKIPPED' })] }))).not.toBe(seen);
    const [first, ...others] = facts().moves;
    if (!first) throw new Error('There is no move.');
    expect(seenIn(facts({ moves: [{ ...first, problem: 'vm-elsewhere' }, ...others] }))).not.toBe(seen);
  });
});

describe('other acts', () => {
  const release = releaseOf({ highest: [1, 7] });
  const states = (refuse: (given: { plan: ActionPlan; release: typeof release }) => unknown[]) =>
    [
      'RECOMMENDED',
      'PENDING',
      'ONGOING',
      'CANCELLING',
      'SUCCEEDED',
      'FAILED',
      'CANCELLED',
      'SUPERSEDED',
      'DELETED',
    ].filter((state) => refuse({ plan: plan({ state }), release }).length === 0);

  it('are offered in the states in which Watcher takes them', () => {
    expect(states(refuseCancel)).toEqual(['RECOMMENDED', 'PENDING', 'ONGOING']);
    expect(states(refuseArchive)).toEqual(['RECOMMENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED']);
    expect(states(refuseSkips)).toEqual(['RECOMMENDED', 'PENDING']);
    expect(['RECOMMENDED', 'PENDING', 'ONGOING', 'FAILED'].map(cancelledBy)).toEqual([
      'CANCELLED',
      'CANCELLED',
      'CANCELLING',
      null,
    ]);
  });

  it('skip only what has not begun', () => {
    const given = { plan: plan(), release };
    expect(refuseSkip(given, actionRow('a'))).toEqual([]);
    expect(refuseSkip(given, actionRow('a', { state: 'SUCCEEDED' }))[0]?.code).toBe('wrong-state');
    expect(refuseSkip(given, undefined)[0]?.code).toBe('gone');
  });
});
