import type { Migration } from '@/lib/contract/v1/audits';
import type { Happened } from '@/lib/contract/v1/happened';
import type { Estimate, MoveProblem } from '@/lib/contract/v1/projection';
import { formatEnds, formatPoints } from '@/lib/format';

/** Shown as the destination when the plan leaves it open. */
export const SCHEDULER_CHOOSES = 'chosen by the scheduler';

/** Problems that the state of the action already shows are left out. */
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

/** Why the projection lacks a move or a part of it; null if it does not, or if the move's state shows why. */
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

/** What Nova's word is called where Watcher says something else. */
const RESULTS: Record<Happened['result'], string> = {
  moved: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  running: 'Running',
  'never-started': 'Never started',
  unknown: 'Unknown',
};

/** How a move stands: in Watcher's word, unless Nova contradicts it. */
export const moveState = ({ state, happened }: Pick<Migration, 'state' | 'happened'>): string =>
  happened?.differs ? RESULTS[happened.result] : (STATES[state] ?? state);

/** What Watcher and Nova say where they differ or nothing is known, and Watcher's reason; null if there is nothing to add. */
export function remarkOf({ happened, status_message: message }: Pick<Migration, 'happened' | 'status_message'>) {
  const nova = happened !== null && (happened.differs || happened.result === 'unknown') ? happened.text : null;
  return [nova, message].filter((text) => text !== null).join(' ') || null;
}

type MovePoints = Pick<Migration, 'source_points' | 'destination_points'>;

/** What the order of moves goes by: the greater of both ends; points of CPU, null if unknown. */
export const impactOfMove = ({ source_points: source, destination_points: destination }: MovePoints): number | null =>
  source === null && destination === null ? null : Math.max(source ?? 0, destination ?? 0);

/** "−15.6 / +10.4 pts": what the source loses and the destination gains. */
export const pointsOfMove = ({ source_points: source, destination_points: destination }: MovePoints): string =>
  formatEnds(source, destination);

/** The same in a sentence. */
export const describePoints = ({ source_points: source, destination_points: destination }: MovePoints): string =>
  `${formatPoints(source)} of the source’s CPU, ${formatPoints(destination)} of the destination’s`;

const ESTIMATES: Record<Estimate, string> = {
  'share-of-host': 'Estimated: no exporter reports this VM, so this is its share of what its host uses.',
  'scaled-to-host':
    'Estimated: the VMs of its host were measured at more than the host uses, so they are scaled to fit.',
};

/** Why a figure of a VM is estimated; null if it is not. */
export const whyEstimated = (estimate: Estimate | null): string | null =>
  estimate === null ? null : ESTIMATES[estimate];
