import 'server-only';
import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { runStartedAt } from '@/lib/domain/acts/run';
import { NO_ACTS } from '@/lib/domain/acts/run-acts';
import { runSecondsLeft } from '@/lib/domain/acts/run-counts';
import { listRunMoves } from '@/lib/domain/acts/run-moves';
import { describeStarted } from '@/lib/domain/plans/started';
import { clusterOf, happenedTo } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import type { Starts } from '../collect/starts';
import type { Entry } from './plan-entries';

/** How plans that run or ran began, and how long they still take, from the readings of everything alone. */

type Began = Pick<ListedPlan, 'started' | 'seconds_left'>;

const NEVER: Began = { started: null, seconds_left: null };

export function describeBegin(readings: ReadingSet, entry: Entry, { known, since }: Starts): Began {
  const { auditCase, plan, part } = entry;
  // The plan of a step counts as running before it starts.
  if ((part !== 'running' && part !== 'done') || plan.state === 'RECOMMENDED') return NEVER;
  const actions = entry.actions ?? [];
  const happened = happenedTo(readings, plan, actions);
  return {
    started: describeStarted({
      plan,
      audit: auditCase.audit,
      beganAt: runStartedAt({ plan, actions, happened }),
      known: known.get(plan.id),
      since,
    }),
    seconds_left: plan.state === 'ONGOING' ? secondsLeft(readings, entry) : null,
  };
}

/** Nobody asks Nova how many bytes were copied for a list, so that only moves that are done count. */
function secondsLeft(readings: ReadingSet, { plan, actions = [] }: Entry): number | null {
  const now = Date.now();
  const { inventory, migrations, optimizer } = readings;
  const moves = listRunMoves({
    plan,
    actions,
    happened: happenedTo(readings, plan, actions),
    migrations: migrations?.value?.migrations ?? [],
    series: new Map(),
    cluster: clusterOf(readings),
    listedAt: inventory?.at ?? null,
    watcher: { at: optimizer?.at ?? null, failure: null },
    nova: { at: migrations?.at ?? null, failure: null },
    acts: NO_ACTS,
    now,
  });
  return runSecondsLeft(moves, now);
}
