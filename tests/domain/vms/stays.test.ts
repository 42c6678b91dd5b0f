import { describe, expect, it } from 'vitest';
import { levelsOf, listStays } from '@/lib/domain/vms/stays';
import type { ServerMigration } from '@/lib/openstack/records';
import { cluster, hypervisor, server } from '../build';

const { index } = cluster({ hypervisors: ['a', 'b', 'c'].map((name) => hypervisor(name)) });
const SPAN = { index, from: 100, until: 1_000, most: 10 };

/** The newest first, as Nova lists them. */
const moves = (...all: [at: number, source: string, destination: string, status?: string][]): ServerMigration[] =>
  all
    .map(([at, source, destination, status = 'completed'], i) => ({
      id: `m${i}`,
      serverId: 'x',
      type: 'live-migration',
      status,
      source,
      destination,
      userId: null,
      startedAt: at - 5,
      updatedAt: at,
    }))
    .reverse();

const onB = server('x', 'b', { createdAt: 10 });

describe('where a VM was', () => {
  it('is where it is now if it never moved', () => {
    expect(listStays(onB, [], SPAN)).toEqual({ stays: [{ host: 'b', from: 100, until: 1_000 }], reason: null });
    const young = server('x', 'b', { createdAt: 700 });
    expect(listStays(young, [], SPAN).stays).toEqual([{ host: 'b', from: 700, until: 1_000 }]);
  });

  it('follows its moves, and leaves out what was before', () => {
    const { stays, reason } = listStays(onB, moves([50, 'c', 'a'], [300, 'a', 'c'], [600, 'c', 'b.example']), SPAN);
    expect(stays).toEqual([
      { host: 'a', from: 100, until: 300 },
      { host: 'c', from: 300, until: 600 },
      { host: 'b', from: 600, until: 1_000 },
    ]);
    expect(reason).toBeNull();
  });

  it('does not count moves that failed, and resizes on the same host', () => {
    const { stays } = listStays(
      onB,
      moves([300, 'b', 'c', 'error'], [400, 'b', 'b'], [990, 'b', 'c', 'running']),
      SPAN,
    );
    expect(stays).toEqual([{ host: 'b', from: 100, until: 1_000 }]);
  });

  it('says where Nova’s record lacks a move', () => {
    expect(listStays(onB, moves([300, 'a', 'c'], [600, 'a', 'b']), SPAN).reason).toMatch(/lacks a move/);
    expect(listStays(onB, moves([300, 'b', 'c']), SPAN).reason).toMatch(/lacks a move/);
  });

  it('begins with the record where that has as many moves as were asked for', () => {
    const { stays } = listStays(onB, moves([300, 'a', 'c'], [600, 'c', 'b']), { ...SPAN, most: 2 });
    expect(stays[0]).toEqual({ host: 'a', from: 295, until: 300 });
  });

  it('is not known without a record', () => {
    expect(listStays(onB, null, SPAN)).toMatchObject({ stays: [], reason: expect.stringContaining('can’t be read') });
    expect(listStays(server('x', null), [], SPAN)).toMatchObject({ stays: [], reason: expect.any(String) });
  });
});

describe('the load of the host that a VM was on', () => {
  const limits = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };
  const stay = { host: 'a', from: 100, until: 400 };
  const point = (at: number, cpu: number | null) => ({ at, cpu_percentage: cpu, ram_percentage: 10 });

  it('is one part for as long as the level is the same', () => {
    const points = [point(50, 99), point(120, 10), point(180, 20), point(240, 75), point(300, 90), point(450, 10)];
    expect(levelsOf(stay, points, limits)).toEqual([
      { level: 'normal', from: 100, until: 240 },
      { level: 'warm', from: 240, until: 300 },
      { level: 'hot', from: 300, until: 400 },
    ]);
  });

  it('is unknown without a history, and where nothing was measured', () => {
    expect(levelsOf(stay, null, limits)).toEqual([{ level: 'unknown', from: 100, until: 400 }]);
    const unmeasured = { at: 200, cpu_percentage: null, ram_percentage: null };
    expect(levelsOf(stay, [point(110, 10), unmeasured], limits).map(({ level }) => level)).toEqual([
      'normal',
      'unknown',
    ]);
  });
});
