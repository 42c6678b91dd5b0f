import { describe, expect, it } from 'vitest';
import {
  auditNameFor,
  describeMaintenance,
  type Maintained,
  maintenanceWarnings,
  refuseMaintenance,
} from '@/lib/domain/drain/maintenance';
import { proveDrain } from '@/lib/domain/drain/proof';
import type { DrainMeans, HostFacts } from '@/lib/domain/drain/refuse';
import { host, scene, vm } from '../review/scene';

const CLOSED_AT = Date.UTC(2026, 1, 12, 22, 31);

describe('a plan of host_maintenance for a host', () => {
  const audit = { id: 'audit', name: 'drain-a-1', state: 'SUCCEEDED', createdAt: CLOSED_AT + 1_000 };
  const plan = (state: string, ...moves: string[]) => ({ id: 'plan', state, moves: new Set(moves) });
  const vms = [
    { id: '1', name: 'web-1' },
    { id: '2', name: 'web-2' },
  ];
  const describeIt = (made: Partial<Maintained>) =>
    describeMaintenance({ audit, plan: null, ...made }, { vms, closedAt: CLOSED_AT });

  it('is being made until its audit has ended, since Watcher writes a plan before its actions', () => {
    const asked = describeIt({ audit: { ...audit, state: 'ONGOING' }, plan: plan('RECOMMENDED') });
    expect(asked).toMatchObject({ phase: 'asked', plan_id: 'plan' });
  });

  it('waits, runs and is over', () => {
    expect(describeIt({ plan: plan('RECOMMENDED', '1', '2') })).toMatchObject({
      phase: 'waits',
      text: 'A plan of host_maintenance with 2 moves waits for your decision.',
      missing: [],
    });
    expect(describeIt({ plan: plan('ONGOING', '1', '2') })?.phase).toBe('runs');
    expect(describeIt({ plan: plan('SUCCEEDED', '1', '2') })).toBeNull();
    expect(describeIt({ plan: plan('SUPERSEDED', '1', '2') })).toBeNull();
  });

  it('names the VMs that it leaves, since Watcher knew the cloud of an hour ago', () => {
    const stale = describeIt({ plan: plan('RECOMMENDED', '1', '9') });
    expect(stale).toMatchObject({ phase: 'waits', missing: ['web-2'] });
    expect(stale?.text).toContain(
      'It leaves web-2 here: Watcher’s model of the cloud, which may be an hour old, has it elsewhere.',
    );
  });

  it('was not made if its audit failed, unless that was before the host was closed', () => {
    const failed = { ...audit, state: 'FAILED' };
    expect(describeIt({ audit: failed })).toMatchObject({
      phase: 'nothing',
      text: 'host_maintenance has made no plan: its audit is FAILED.',
    });
    expect(describeIt({ audit: { ...failed, createdAt: CLOSED_AT - 1 } })).toBeNull();
  });

  it('is announced with what it does, on this release and in this cloud', () => {
    const newest = maintenanceWarnings({ reopens: [], skipsClosed: true });
    expect(newest).toHaveLength(3);
    expect(newest.at(-1)).toBe('Nothing opens the host again.');
    const old = maintenanceWarnings({ reopens: ['b'], skipsClosed: false });
    expect(old[2]).toContain('It may open b, which Watcher left disabled, and move every VM there');
    expect(old[3]).toContain('replaces your reason in Nova with its own (watcher_maintaining)');
  });

  it('has a name that Watcher does not cut', () => {
    expect(auditNameFor('cmp-1', '0b51ae2c-77')).toBe('drain-cmp-1-0b51ae2c');
    expect(auditNameFor('c'.repeat(80), '0b51ae2c-77')).toMatch(/^drain-c{48}-0b51ae2c$/);
  });
});

describe('asking for such a plan', () => {
  const facts: HostFacts = {
    now: CLOSED_AT,
    host: 'a',
    service: { id: 's', host: 'a', isOpen: true, isUp: true, reason: null, seenAt: null },
    unreadable: null,
    busy: [],
    isDraining: false,
  };
  const MEANS: DrainMeans = { hasActuator: false, hasMaintenance: true, appliers: 0 };
  const hosts = [host('a', 40), host('b', 20)];
  const ask = (vms: ReturnType<typeof vm>[], more: { means?: DrainMeans; facts?: Partial<HostFacts> } = {}) => {
    const before = scene({ hosts, vms, checks_moves: false });
    return refuseMaintenance({
      facts: { ...facts, ...more.facts },
      means: more.means ?? MEANS,
      proof: proveDrain(before, 'a'),
      scene: before,
      maintenance: null,
    });
  };
  const codes = (refusals: { code: string }[]) => refusals.map(({ code }) => code);

  it('is possible where every VM can go live, or is off', () => {
    expect(ask([vm('1', 'a'), vm('2', 'a', { status: 'SHUTOFF' })])).toEqual([]);
  });

  it.each([
    ['must not move', vm('2', 'a', { must_not_move: [{ source: 'tag', mark: 'pinned', text: 'its tag pinned' }] })],
    ['is in error', vm('2', 'a', { status: 'ERROR' })],
    ['can only move while it is shut down', vm('2', 'a', { live_obstacles: ['pci'] })],
    ['is paused, which host_maintenance would move cold', vm('2', 'a', { status: 'PAUSED' })],
  ])('is refused, by name, while a VM is there that %s', (_, blocking) => {
    const [refused, ...others] = ask([vm('1', 'a'), blocking]);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ code: 'would-fail', moves: ['2'] });
    expect(refused?.text).toContain('host_maintenance would take name-of-2 too');
  });

  it('is refused where Watcher runs exactly the proven moves, or offers neither', () => {
    expect(codes(ask([vm('1', 'a')], { means: { ...MEANS, hasActuator: true } }))).toEqual(['not-offered']);
    expect(codes(ask([vm('1', 'a')], { means: { ...MEANS, hasMaintenance: false } }))).toEqual(['not-offered']);
    expect(codes(ask([vm('1', 'a')], { means: { ...MEANS, hasActuator: null, hasMaintenance: null } }))).toEqual([
      'not-offered',
    ]);
  });

  it('is refused while something else moves its VMs, and for an empty host', () => {
    expect(codes(ask([vm('1', 'a')], { facts: { busy: ['nightly'], isDraining: true } }))).toEqual([
      'careful-run',
      'another-runs',
    ]);
    expect(codes(ask([]))).toEqual(['nothing-left']);
  });
});
