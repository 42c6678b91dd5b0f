import type { ActView } from '@/lib/contract/v1/acts';
import type { TagTone } from '../ui/tag';

/** What acts are called. */
export const ACT_WORDS: ReadonlyMap<string, string> = new Map([
  ['start-plan', 'Started the plan'],
  ['cancel-plan', 'Refused or stopped the plan'],
  ['archive-plan', 'Archived the plan'],
  ['skip-action', 'Skipped an action'],
  ['abort-move', 'Aborted a move'],
  ['begin-careful-run', 'Began a careful run of the plan'],
  ['pause-careful-run', 'Paused the careful run'],
  ['resume-careful-run', 'Let the careful run go on'],
  ['end-careful-run', 'Ended the careful run'],
  ['make-step', 'Had the plan of a step made'],
  ['start-step', 'Started a step'],
  ['create-audit', 'Created the audit'],
  ['suspend-audit', 'Suspended the audit'],
  ['resume-audit', 'Resumed the audit'],
  ['end-audit', 'Ended the audit'],
  ['ask-first', 'Had the audit ask first'],
  ['change-interval', 'Changed how often it runs'],
  ['archive-audit', 'Archived the audit'],
  ['close-host', 'Closed the host'],
  ['drain-host', 'Drained the host'],
  ['maintain-host', 'Had a plan made to drain the host'],
  ['open-host', 'Opened the host'],
  ['mark-server', 'Marked the VM: must not move'],
  ['unmark-server', 'Took the mark off the VM'],
]);

type Outcome = NonNullable<ActView['outcome']> | 'under-way';

export const OUTCOME_WORDS: Record<Outcome, { tone: TagTone; word: string }> = {
  done: { tone: 'ok', word: 'Done' },
  refused: { tone: 'plain', word: 'Not done' },
  failed: { tone: 'error', word: 'Done in part' },
  unknown: { tone: 'warn', word: 'Not known' },
  'under-way': { tone: 'warn', word: 'Under way' },
};
