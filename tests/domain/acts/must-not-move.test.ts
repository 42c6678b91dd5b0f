import { describe, expect, it } from 'vitest';
import type { Ground } from '@/lib/contract/v1/must-not-move';
import { refuseCareful } from '@/lib/domain/acts/careful';
import type { PlanFacts } from '@/lib/domain/acts/facts';
import { refuseMark, refuseUnmark } from '@/lib/domain/acts/mark-acts';
import { seenIn } from '@/lib/domain/acts/seen';
import { NO_CHOICE, refuseStart } from '@/lib/domain/acts/start';
import { willHappen } from '@/lib/domain/acts/will-happen';
import { refuseMoves } from '@/lib/domain/drain/approved';
import { releaseOf } from '@/lib/domain/plans/release';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { actionRow, auditRow, planRow } from '../records';
import { host, move, scene, vm } from '../review/scene';

const NOW = Date.parse('2026-03-01T03:00:00Z');
const MARK: Ground[] = [{ source: 'here', mark: 'must-not-move', text: 'marked by admin: licence' }];
const RELEASES = { old: releaseOf({ highest: [1, 4] }), new: releaseOf({ highest: [1, 7] }) };
const ids = ['x', 'y', 'z'];

const set = (marked: string[]) =>
  scene({
    hosts: [host('a', 80), host('b', 20)],
    vms: ids.map((id) => vm(id, 'a', marked.includes(id) ? { must_not_move: MARK } : {})),
    steps: ids.map((id) => move(id, 'a', 'b')),
  });

/** Three VMs move from a to b; y is marked. @param anyway numbers of moves that somebody named */
function facts(more: Partial<PlanFacts> = {}, anyway: number[] = [], marked = ['y']): PlanFacts {
  const strategy = more.plan?.strategy ?? 'workload_stabilization';
  const result = reviewPlan(set(marked), { ...noVariant(), anyway: new Set(anyway) });
  return {
    now: NOW,
    plan: planRow({ strategy, createdAt: NOW - 1 }),
    actions: ids.map((id) => actionRow(`action-${id}`)),
    audit: auditRow({ strategy, createdAt: NOW - 1 }),
    siblings: [],
    rivals: [],
    services: [{ name: 'watcher-applier', host: 'ctl-1', status: 'ACTIVE', lastSeenAt: NOW }],
    release: RELEASES.new,
    expiryMs: 86_400_000,
    unreadable: null,
    moves: result.moves,
    shutdowns: [],
    ramToCopy: null,
    leftOut: result.left_out,
    ...more,
  };
}

describe('starting a plan that moves a VM which must not move', () => {
  it('skips its move, and says so by name', () => {
    expect(refuseStart(facts(), NO_CHOICE)).toEqual([]);
    const will = willHappen(facts(), []);
    expect([will.vms, will.left_out]).toEqual([2, 1]);
    expect(will.lines).toContain('1 VM stays since it must not move: name-of-y (marked by admin: licence).');
  });

  it('is refused where nothing can be skipped, unless the VM is named', () => {
    const [refusal] = refuseStart(facts({ release: RELEASES.old }), NO_CHOICE);
    expect(refusal).toMatchObject({ code: 'must-not-move', override: 'anyway', moves: ['2'] });
    expect(refusal?.text).toBe(
      '1 of its moves is of a VM that must not move: name-of-y (marked by admin: licence). This Watcher (2025.1 or older) can’t skip actions.',
    );
    expect(refuseStart(facts({ release: RELEASES.old }, [2]), NO_CHOICE)).toEqual([]);
  });

  it('moves one that is named, and warns of it', () => {
    const will = willHappen(facts({}, [2]), []);
    expect([will.vms, will.left_out]).toEqual([3, 0]);
    expect(will.warnings).toContain('Must not move, and will: name-of-y (marked by admin: licence).');
  });

  it('warns of strategies that propose such VMs again and again', () => {
    const plan = planRow({ strategy: 'host_maintenance', createdAt: NOW - 1 });
    expect(willHappen(facts({ plan }), []).lines).toContain(
      'host_maintenance ignores such marks, and what an audit excludes: its next plan moves them again.',
    );
  });

  it('is another plan to decide on than before the mark', () => {
    expect(seenIn(facts())).not.toBe(seenIn(facts({}, [], [])));
  });

  it('leaves it out of a careful run, for which nothing need be skipped', () => {
    const given = { hasActuator: true, isUnderWay: false };
    expect(refuseCareful(facts({ release: RELEASES.old }), given)).toEqual([]);
  });
});

describe('draining a host', () => {
  it('is refused with a VM that was marked since it was approved', () => {
    const approved = ids.map((id) => ({ vmId: id, vmName: id, source: 'a', destination: 'b', live: true }));
    const codes = (marked: string[]) =>
      refuseMoves(set(marked), { host: 'a', moves: approved, stays: [] }).map(({ code, text }) => [code, text]);
    expect(codes([])).toEqual([]);
    expect(codes(['y'])).toEqual([['must-not-move', 'name-of-y must not move: marked by admin: licence.']]);
  });
});

describe('marking a VM', () => {
  const server = { name: 'web-1', status: 'ACTIVE' };
  it.each([
    [[], 'ACTIVE', [], ['wrong-state']],
    [['must-not-move'], 'SHUTOFF', ['wrong-state'], []],
    [['pinned'], 'PAUSED', [], ['wrong-state']],
    [['must-not-move'], 'ERROR', ['wrong-state', 'wrong-state'], ['wrong-state']],
  ])('with tags %j in state %s', (tags, status, mark, unmark) => {
    const given = { tags, server: { ...server, status } };
    expect(refuseMark(given).map(({ code }) => code)).toEqual(mark);
    expect(refuseUnmark(given).map(({ code }) => code)).toEqual(unmark);
  });
});
