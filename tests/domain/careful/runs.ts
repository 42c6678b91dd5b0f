import type { Run } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import type { ApprovedMove, CarefulRun } from '@/lib/domain/careful/careful-run';
import { type Looked, next } from '@/lib/domain/careful/next';
import { beginStep, newRun, note, replaced } from '@/lib/domain/careful/record';
import { actionRow } from '../records';

/** Careful runs of few moves, and what is seen of them. */

/** One minute is 60_000; the run begins at 0. */
export const MINUTE = 60_000;

export const move = (n: number): ApprovedMove => ({
  vmId: `vm-${n}`,
  vmName: `web-${n}`,
  source: 'hot-1',
  destination: `cool-${n}`,
  live: true,
});

export const started = (count: number, rules: Partial<CarefulRun['rules']> = {}): CarefulRun =>
  newRun({
    id: '12345678-aaaa-bbbb-cccc-1234567890ab',
    of: { kind: 'plan', auditId: 'audit', planId: 'plan', name: 'by-hand' },
    rules: { width: null, measureMs: 2 * MINUTE, untilAt: null, ...rules },
    moves: Array.from({ length: count }, (_, i) => move(i + 1)),
    now: 0,
  });

export const looked = (more: Partial<Looked> = {}): Looked => ({
  now: 0,
  hosts: 24,
  audit: null,
  untidy: null,
  run: null,
  checked: null,
  isOpenAgain: null,
  load: { at: null, spread: null, hot: [] },
  ...more,
});

export const allWork = (run: CarefulRun) => run.left.map((one) => ({ move: one, problem: null }));
const migrate = ({ vmId, source, destination, live }: ApprovedMove) =>
  actionRow(vmId, {
    type: 'migrate',
    parameters: {
      resource_id: vmId,
      source_node: source,
      destination_node: destination,
      migration_type: live ? 'live' : 'cold',
    },
  });

export const auditWith = (moves: ApprovedMove[], plan = 'RECOMMENDED'): Looked['audit'] => ({
  id: 'step-audit',
  state: 'SUCCEEDED',
  plan: { id: 'step-plan', state: plan, actions: moves.map(migrate) },
});

export const word = (n: number, is: RunMove['word']) =>
  ({ vm_id: `vm-${n}`, vm_name: `web-${n}`, word: is, title: is, text: null }) as RunMove;
export const view = (moves: RunMove[], isFinal = false) => ({ moves, is_final: isFinal }) as Run;

/** A person who pauses or ends it. */
export const by = (now: number) => ({ now, person: 'ops', reason: 'lunch' });

export const START = { spread: 20, promised: 16, hot: ['hot-1'] };

/** A run whose first step of one move is there, not yet started. */
export function withPlan(run: CarefulRun): CarefulRun {
  const command = next(run, looked({ checked: allWork(run) }));
  if (command.do !== 'begin') throw new Error(command.do);
  const begun = beginStep(run, command, { now: 0, start: START });
  return replaced(note(begun, { do: 'adopt', auditId: 'step-audit', planId: 'step-plan' }, 0));
}
export const running = (run: CarefulRun) => note(withPlan(run), { do: 'note-start' }, 0);
