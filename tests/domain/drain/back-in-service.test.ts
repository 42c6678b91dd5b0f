import { describe, expect, it } from 'vitest';
import { describeEmptying, type HostAct, listBackInService } from '@/lib/domain/drain/back-in-service';
import { tellLeftBehind } from '@/lib/domain/drain/left-behind-story';
import type { HostPlan } from '@/lib/domain/drain/out-of-service';
import { move as approved, started } from '../careful/runs';
import { disable, move } from '../review/scene';

const act = (kind: HostAct['kind'], at: number, more: Partial<HostAct> = {}): HostAct => ({
  host: 'a',
  kind,
  at,
  person: 'ops',
  reason: 'swap fans',
  drain: null,
  before: null,
  ...more,
});

describe('hosts that are back in service', () => {
  it('were closed by whoever closed them first, and emptied by the last run', () => {
    const acts = [
      act('open', 40, { person: 'admin' }),
      act('close', 10),
      act('close', 20, { person: 'admin', reason: 'again', drain: { run: 'first', stays: 2 } }),
      act('close', 30, { drain: { run: 'second', stays: 0 } }),
    ];
    expect(listBackInService(acts, 0)).toMatchObject([
      {
        host: 'a',
        closed: { at: 10, person: 'ops', reason: 'swap fans' },
        opened: { at: 40, person: 'admin' },
        drain: { run: 'second' },
      },
    ]);
  });

  it('are listed once for each time, newest first, if they were opened recently enough', () => {
    const acts = [act('close', 1), act('open', 2), act('close', 3), act('open', 4), act('open', 5, { host: 'b' })];
    const back = listBackInService(acts, 3);
    expect(back.map(({ host, opened }) => [host, opened.at])).toEqual([
      ['b', 5],
      ['a', 4],
    ]);
    // Nobody closed b here.
    expect(back[0]?.closed).toBeNull();
    expect(listBackInService([act('close', 1)], 0)).toEqual([]);
  });

  it('say what did not go as usual while they were emptied', () => {
    const run = started(5);
    const step = (results: { vmId: string; word: 'done' | 'failed' }[], endedAt: number) => ({
      moves: [approved(1), { ...approved(2), live: false }, approved(3)],
      results: results.map((result) => ({ ...result, text: '' })),
      endedAt,
    });
    const ended = {
      ...run,
      left: [],
      dropped: [{ move: approved(4), text: 'gone' }],
      steps: [
        step([{ vmId: 'vm-1', word: 'done' }], 100),
        step(
          [
            { vmId: 'vm-2', word: 'done' },
            { vmId: 'vm-3', word: 'failed' },
          ],
          540_000,
        ),
      ],
    };
    expect(describeEmptying(ended as unknown as typeof run, 2)).toEqual({
      moved: 2,
      from: 0,
      until: 540_000,
      surprises: ['1 VM moved while off', '1 VM did not move as approved', '1 VM left out', '2 VMs stayed'],
    });
  });
});

describe('how a host was left behind', () => {
  const steps = [
    { ...disable('a'), state: 'SUCCEEDED', updatedAt: 200 },
    ...[1, 2, 3].map((n) => ({
      ...move(`${n}`, 'a', 'b', { wave: 2, state: n < 3 ? 'SUCCEEDED' : 'CANCELLED' }),
      updatedAt: 300,
    })),
    { ...move('4', 'c', 'b', { wave: 2, state: 'SUCCEEDED' }), updatedAt: 300 },
  ];
  const plan: HostPlan = {
    auditId: 'audit',
    planId: 'plan',
    name: 'consolidate-weekly',
    state: 'CANCELLED',
    updatedAt: 500,
    isAbandoned: false,
    steps,
  };
  const tell = (acts: Parameters<typeof tellLeftBehind>[0]['acts']) =>
    tellLeftBehind({ host: 'a', reason: 'watcher_disabled', vms: 4, plan, acts });

  it('is told from the actions of the plan and from who started and stopped it', () => {
    const events = tell([
      { kind: 'stop', at: 400, person: 'admin' },
      { kind: 'start', at: 100, person: 'admin' },
    ]);
    expect(events.map(({ at, text }) => [at, text])).toEqual([
      [100, 'admin started consolidate-weekly'],
      [200, 'Watcher disabled the host before it moved its VMs, reason watcher_disabled'],
      [400, 'admin stopped the plan: 2 of 3 VMs had left it'],
      [null, 'no plan works on it, no new VM is placed on it, 4 VMs run on'],
    ]);
  });

  it('leaves open who started a plan that was not started here', () => {
    const [first, , third] = tell([]);
    expect(first).toEqual({ at: null, kind: 'started', text: 'consolidate-weekly was started, not from here' });
    expect(third).toMatchObject({ at: 500, text: 'the plan ended CANCELLED: 2 of 3 VMs had left it' });
  });
});
