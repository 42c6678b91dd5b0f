import type { Migration } from '@/lib/contract/v1/audits';
import type { MoveProblem } from '@/lib/contract/v1/projection';
import { formatPoints } from '@/lib/format';

/** Moves in words. */

/** In place of a destination that the plan leaves open. */
export const SCHEDULER_CHOOSES = 'chosen by the scheduler';

/** What the state of an action says anyway is not repeated. */
const PROBLEMS: Partial<Record<MoveProblem, string>> = {
  'vm-gone': 'VM is gone',
  'vm-elsewhere': 'VM is on another host',
  'already-there': 'VM is already there',
  'no-destination': 'relieves only the source',
  'source-unknown': 'unknown source',
  'destination-unknown': 'unknown destination',
  'load-unknown': 'unknown load',
  'no-history': 'no measurements from that time',
};

/** Why a move is not, or not fully, in the projection; null where it is, or where its state says so. */
export const problemOf = ({ problem }: Migration): string | null =>
  problem === null ? null : (PROBLEMS[problem] ?? null);

const STATES: Record<string, string> = {
  PENDING: 'Pending',
  ONGOING: 'Running',
  SUCCEEDED: 'Done',
  FAILED: 'Failed',
  CANCELLING: 'Stopping',
  CANCELLED: 'Cancelled',
  SKIPPED: 'Skipped',
};

export const moveState = (state: string): string => STATES[state] ?? state;

type MovePoints = Pick<Migration, 'source_points' | 'destination_points'>;

/** The larger of what the source loses and the destination gains, in points of CPU; null where unknown. */
export const impactOfMove = ({ source_points: source, destination_points: destination }: MovePoints): number | null =>
  source === null && destination === null ? null : Math.max(source ?? 0, destination ?? 0);

/** "15.6 pts"; null where unknown. */
export function impactPoints(move: MovePoints): string | null {
  const points = impactOfMove(move);
  return points === null ? null : formatPoints(points);
}
