import type { Migration, MoveProblem } from '@/lib/contract/v1/audits';
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

/** "15.6 pts": the larger of what the source loses and the destination gains; null where unknown. */
export function impactPoints({ source_points: source, destination_points: destination }: Migration): string | null {
  return source === null && destination === null ? null : formatPoints(Math.max(source ?? 0, destination ?? 0));
}
