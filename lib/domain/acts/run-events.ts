import type { RunEvent } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatAge } from '@/lib/format';
import type { ActionPlan } from '@/lib/openstack/records';
import { isOver } from '../plans/states';
import { type RunActs, stoppedInWords } from './run-acts';
import { type SeriesById, STALLED_MS } from './run-samples';

/**
 * What happened in a run, newest first. Made from the records of Nova and Watcher, so that it is the same after a restart;
 * only that a move gained nothing is known from looking alone.
 */

const MOST = 200;

type Given = { plan: ActionPlan; startedAt: number | null; moves: RunMove[]; series: SeriesById; acts: RunActs };

export function listEvents({ plan, startedAt, moves, series, acts }: Given): RunEvent[] {
  const names = new Map(moves.flatMap((move) => (move.vm_id === null ? [] : [[move.vm_id, move.vm_name] as const])));
  const stalls = [...series.values()].flatMap(({ migrationId, serverId, stalls: times }) =>
    times.map((at): RunEvent => {
      const text = `has gained nothing for ${formatAge(STALLED_MS)}`;
      return {
        id: `${migrationId} stalled ${at}`,
        at,
        kind: 'trouble',
        subject: names.get(serverId) ?? serverId,
        text,
      };
    }),
  );
  return [...ofPlan(plan, startedAt, acts), ...moves.flatMap(ofMove), ...stalls]
    .sort((a, b) => b.at - a.at || RANK.indexOf(a.kind) - RANK.indexOf(b.kind))
    .slice(0, MOST);
}

/** Of the same second, what came last is first. */
const RANK: RunEvent['kind'][] = ['ended', 'stopping', 'failed', 'aborted', 'trouble', 'done', 'started', 'begun'];

function ofPlan({ id, state, updatedAt }: ActionPlan, startedAt: number | null, acts: RunActs): RunEvent[] {
  const event = (kind: RunEvent['kind'], at: number, text: string): RunEvent[] => [
    { id: `${id} ${kind}`, at, kind, subject: null, text },
  ];
  const stoppedAt = acts.stopped?.at ?? (state === 'CANCELLING' ? updatedAt : null);
  return [
    ...(startedAt === null ? [] : event('begun', startedAt, 'Watcher began to run the plan')),
    ...(stoppedAt === null ? [] : event('stopping', stoppedAt, stoppedInWords(acts).replace(/\.$/, ''))),
    ...(isOver(state) && updatedAt !== null && startedAt !== null
      ? event('ended', updatedAt, `Watcher ended the plan: ${state}`)
      : []),
  ];
}

function ofMove(move: RunMove): RunEvent[] {
  const { started_at: start, ended_at: end, source, destination, action_id: action } = move;
  const event = (kind: RunEvent['kind'], at: number | null, text: string): RunEvent[] =>
    at === null ? [] : [{ id: `${action} ${kind}`, at, kind, subject: move.vm_name, text }];
  // Counted from when Nova was asked: it may have queued the move.
  const took = start === null || end === null || end <= start ? '' : ` after ${formatAge(end - start)}`;
  const way = `${source === null ? '' : ` off ${source}`}${destination === null ? '' : ` to ${destination}`}`;
  const began = event('started', start, `was given to Nova${way === '' ? '' : `, to move${way}`}`);
  switch (move.word) {
    case 'done':
    case 'gave-up-arrived':
    case 'unconfirmed':
      return [...began, ...event('done', end, `is on ${destination ?? 'its new host'}${took}`)];
    case 'arrived-elsewhere':
      return [...began, ...event('trouble', end, 'is not where the plan wanted it')];
    case 'failed':
      return [...began, ...event('failed', end, `failed${source === null ? '' : ` and stays on ${source}`}`)];
    case 'aborted':
      return [...began, ...event('aborted', end, `was aborted${source === null ? '' : ` and stays on ${source}`}`)];
    default:
      return began;
  }
}
