import type { Run } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { countMoves, listWaves } from '@/lib/domain/acts/run-counts';
import { GIB, MINUTE_MS, SECOND_MS } from '@/lib/units';
import { NOW, project } from './samples';

/** A run in the form of the API, so that a test names only what it is about. */

export const runMove = (name: string, more: Partial<RunMove> = {}): RunMove => ({
  action_id: `action-${name}`,
  vm_id: `id-of-${name}`,
  vm_name: name,
  ...project('shop'),
  live: true,
  source: 'cmp-1',
  destination: 'cmp-2',
  wave: 1,
  word: 'copying',
  title: 'Copying',
  text: null,
  group: 'running',
  state: 'ONGOING',
  status_message: null,
  decided_by: null,
  nova_state: 'running',
  migration_id: `uuid-${name}`,
  migration_number: '7',
  size: 8 * GIB,
  total: 8 * GIB,
  copied: 6 * GIB,
  rate: GIB / 10,
  seconds_left: 20,
  counted_at: NOW - 3 * SECOND_MS,
  started_at: NOW - MINUTE_MS,
  ended_at: null,
  ...more,
});

const ENDED = { nova_state: null, total: null, copied: null, rate: null, seconds_left: null, counted_at: null };

export const doneMove = (name: string, more: Partial<RunMove> = {}): RunMove =>
  runMove(name, { ...ENDED, word: 'done', title: 'Done', group: 'ended', state: 'SUCCEEDED', ended_at: NOW, ...more });

export const waitingMove = (name: string, more: Partial<RunMove> = {}): RunMove =>
  runMove(name, {
    ...ENDED,
    word: 'waits',
    title: 'Waits for wave 1',
    group: 'waiting',
    state: 'PENDING',
    started_at: null,
    wave: 2,
    ...more,
  });

export function run(more: Partial<Run> = {}): Run {
  const moves = more.moves ?? [runMove('web-1'), doneMove('web-2'), waitingMove('web-3')];
  return {
    audit: { id: 'audit', name: 'stabilize-production' },
    plan: {
      id: 'plan',
      state: 'ONGOING',
      state_meaning: 'The applier is running its actions.',
      status_message: null,
      strategy: 'workload_stabilization',
      created_at: NOW - 10 * MINUTE_MS,
      updated_at: NOW - 2 * MINUTE_MS,
    },
    phase: 'running',
    title: '1 of 3 moved',
    waiting: null,
    reached: null,
    made_at: NOW,
    started_at: NOW - 2 * MINUTE_MS,
    ended_at: null,
    is_final: false,
    started_by: null,
    stopped_by: null,
    acts_missing: null,
    seconds_left: 300,
    counts: countMoves(moves),
    moves,
    others: [],
    waves: listWaves(moves),
    hosts: [{ host: 'cmp-1', role: 'source', start: 90, now: 80, promised: 60 }],
    limits: { warm: 70, hot: 85 },
    load: { state: 'fresh', as_of: NOW - 20 * SECOND_MS, error: null },
    start_missing: null,
    events: [],
    stopping: [],
    left_behind: [],
    result: null,
    delivered: null,
    watcher: { as_of: NOW - 3 * SECOND_MS, error: null },
    nova: { as_of: NOW - 3 * SECOND_MS, error: null },
    ...more,
  };
}
