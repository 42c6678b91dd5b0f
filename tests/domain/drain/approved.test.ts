import { describe, expect, it } from 'vitest';
import { refuseMoves } from '@/lib/domain/drain/approved';
import { type HostFacts, refuseClose, refuseDrain, refuseOpen } from '@/lib/domain/drain/refuse';
import { host, room, scene, vm } from '../review/scene';

const move = (vmId: string, destination: string, live = true) => ({
  vmId,
  vmName: `name-of-${vmId}`,
  source: 'a',
  destination,
  live,
});
const hosts = [host('a', 40), host('b', 20), host('c', 20)];

describe('moves that a person has approved', () => {
  it('may begin in the cloud that the person saw', () => {
    const before = scene({ hosts, vms: [vm('1', 'a'), vm('2', 'a', { status: 'ERROR' })] });
    expect(refuseMoves(before, { host: 'a', moves: [move('1', 'b')], stays: ['2'] })).toEqual([]);
  });

  it('may not if a VM has landed on the host, or has left it', () => {
    const now = scene({ hosts, vms: [vm('1', 'b'), vm('2', 'a'), vm('3', 'a')] });
    expect(refuseMoves(now, { host: 'a', moves: [move('1', 'b'), move('2', 'b')], stays: [] })[0]).toMatchObject({
      code: 'changed',
      text: 'a has changed since you looked: name-of-3 has landed on it, name-of-1 has left it.',
    });
  });

  it('may not if a target has filled up, closed, or would need more CPU than it has', () => {
    const vms = [vm('1', 'a')];
    const drain = { host: 'a', moves: [move('1', 'b')], stays: [] };
    const full = host('b', 20, { inventories: { VCPU: room(100, 98), MEMORY_MB: room(102_400, 40_960) } });
    expect(refuseMoves(scene({ hosts: [host('a', 40), full], vms }), drain)[0]?.code).toBe('would-fail');
    const closed = host('b', 20, { status: 'disabled' });
    expect(refuseMoves(scene({ hosts: [host('a', 40), closed], vms }), drain)[0]?.text).toContain('b is disabled');
    expect(refuseMoves(scene({ hosts: [host('a', 40), host('b', 95)], vms }), drain)[0]?.text).toBe(
      'b would need more CPU or RAM than it has.',
    );
  });

  it('must be some', () => {
    expect(refuseMoves(scene({ hosts }), { host: 'a', moves: [], stays: [] })[0]?.code).toBe('nothing-left');
  });
});

describe('a host that is closed, drained or opened', () => {
  const service = { id: 's', host: 'a', isOpen: true, isUp: true, reason: null, seenAt: null };
  const facts = (more: Partial<HostFacts> = {}): HostFacts => ({
    now: Date.UTC(2026, 1, 13),
    host: 'a',
    service,
    unreadable: null,
    busy: [],
    isDraining: false,
    ...more,
  });
  const closed = (reason: string | null, isUp = true) => ({ service: { ...service, isOpen: false, isUp, reason } });
  const codes = (refusals: { code: string }[]) => refusals.map(({ code }) => code);
  const MEANS = { hasActuator: true, hasMaintenance: true, appliers: 1 };

  it('can be closed by a second person only if the first was not here', () => {
    expect(refuseClose(facts())).toEqual([]);
    expect(refuseClose(facts(closed('bad NIC')))).toEqual([]);
    const ours = 'fans (ops, 2026-02-12 22:31 UTC, Watcher Visio)';
    expect(refuseClose(facts(closed(ours)))[0]?.text).toBe(
      'It is closed already, since 12 Feb, 22:31 UTC, by ops: fans.',
    );
  });

  it('can be opened once it answers and nothing works on it', () => {
    expect(refuseOpen(facts(closed(null)))).toEqual([]);
    expect(codes(refuseOpen(facts()))).toEqual(['wrong-state']);
    expect(codes(refuseOpen(facts(closed(null, false))))).toEqual(['wrong-state']);
    expect(codes(refuseOpen(facts({ ...closed(null), busy: ['nightly'] })))).toEqual(['another-runs']);
    expect(codes(refuseOpen(facts({ ...closed(null), isDraining: true })))).toEqual(['careful-run']);
  });

  it('can be drained where Watcher runs lists of moves and somebody would run them', () => {
    expect(refuseDrain(facts(), MEANS)).toEqual([]);
    expect(codes(refuseDrain(facts(), { ...MEANS, hasActuator: false }))).toEqual(['not-offered']);
    expect(codes(refuseDrain(facts(), { ...MEANS, hasActuator: null, appliers: 0 }))).toEqual([
      'not-offered',
      'no-applier',
    ]);
    expect(codes(refuseDrain(facts({ isDraining: true }), MEANS))).toEqual(['careful-run']);
  });

  it('is left alone while Nova does not answer, or has no service there', () => {
    for (const refuse of [refuseClose, refuseOpen]) {
      expect(codes(refuse(facts({ service: null, unreadable: 'Nova does not answer.' })))).toEqual(['cannot-check']);
      expect(codes(refuse(facts({ service: null })))).toEqual(['gone']);
    }
  });
});
