import type { SceneStep, ShutdownStep } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { formatStamp } from '@/lib/format';
import { unreachable } from '../plans/actions';
import { type PlanExport, VERDICTS } from './export';
import { oneLine, shellComment, shellWord } from './quoting';

/**
 * A shell script with a command of python-openstackclient for each action, wave after wave; each command waits until its move
 * has ended. Moves that would fail, and actions without a command, are comments.
 */
export function toCommands({ review, result, changed }: PlanExport): string {
  const { audit, plan, scene, made_at: madeAt } = review;
  const lines = [
    '#!/bin/sh',
    shellComment(
      `${changed ? 'Variant of plan' : 'Plan'} ${plan.id} of audit ${audit.name}, reviewed ${formatStamp(madeAt)}`,
    ),
    ...startComment(plan, changed),
    'set -e',
  ];
  const byAction = new Map(result.moves.map((move) => [move.action_id, move]));
  const leftOut = new Set(result.left_out);
  const skipped: string[] = [];
  let wave = 0;
  const begin = (next: number) => {
    if (next !== wave) lines.push('', `# Wave ${next}`);
    wave = next;
  };
  for (const step of scene.steps) {
    if (leftOut.has(step.action_id)) continue;
    const move = byAction.get(step.action_id);
    if (step.state === 'SKIPPED') skipped.push(shellComment(describeSkipped(step, move)));
    if (step.state !== 'PENDING') continue;
    begin(step.wave);
    lines.push(...stepLines(step, move));
  }
  for (const move of result.moves.filter(({ change }) => change === 'added')) {
    begin(move.wave);
    lines.push(...moveLines(move));
  }
  if (skipped.length > 0) lines.push('', '# Skipped by Watcher', ...skipped);
  return `${lines.join('\n')}\n`;
}

/** How Watcher itself would run the plan: a comment, or whoever runs the script would do everything twice. */
function startComment({ id, state }: PlanExport['review']['plan'], changed: boolean): string[] {
  if (state !== 'RECOMMENDED') return [];
  if (changed) return ['# Watcher can only start the plan as it is, so a variant has no command for that.'];
  return [
    '# To let Watcher run the plan instead of this script:',
    shellComment(`openstack optimize actionplan start ${word(oneLine(id))}`),
  ];
}

const describeSkipped = (
  { action_id: id, status_message: reason }: SceneStep,
  move: ReviewedMove | undefined,
): string => `${move?.vm_name ?? `Action ${id}`}: ${reason ?? 'no reason given'}`;

/** An option joined with its value, so that a value that starts with a dash is not taken for an option. */
const option = (name: string, value: string): string => `--${name}=${shellWord(oneLine(value))}`;
/** A positional argument; after two dashes, nothing is taken for an option. */
const word = (value: string): string => (value.startsWith('-') ? `-- ${shellWord(value)}` : shellWord(value));

/** A live move to a host needs microversion 2.30, a cold one 2.56. A cold move has to be confirmed. */
function moveLines(move: ReviewedMove): string[] {
  const id = word(oneLine(move.vm_id));
  const host = move.destination === null ? '' : ` ${option('host', move.destination)}`;
  // One line each: `set -e` does not end a script at the left side of `&&`.
  const commands = move.live
    ? [`openstack --os-compute-api-version=2.30 server migrate --live-migration${host} --wait ${id}`]
    : [
        `openstack --os-compute-api-version=2.56 server migrate${host} --wait ${id}`,
        `openstack server migration confirm ${id}`,
      ];
  const heading = shellComment(
    `${move.vm_name}: ${move.source ?? 'no host'} to ${move.destination ?? 'a host that the scheduler chooses'}`,
  );
  const why = move.reasons.map(({ text, verdict }) => shellComment(`${VERDICTS[verdict] ?? verdict}: ${text}`));
  return [heading, ...why, ...(move.verdict === 'would-fail' ? commands.map(shellComment) : commands)];
}

function stepLines(step: SceneStep, move: ReviewedMove | undefined): string[] {
  switch (step.kind) {
    case 'migrate':
      return move ? moveLines(move) : [];
    case 'service': {
      const host = word(oneLine(step.host));
      return step.enable
        ? [`openstack compute service set --enable ${host} nova-compute`]
        : [`openstack compute service set --disable ${option('disable-reason', 'maintenance')} ${host} nova-compute`];
    }
    case 'shutdown':
      return [shutdownLine(step)];
    case 'other':
      return [shellComment(`Action ${step.action_id} has no command here; only Watcher can run it.`)];
    default:
      return unreachable(step);
  }
}

/** Deleting a VM can't be undone, so that is left to whoever reads the script. */
function shutdownLine({ how, vm_id: id, action_id: action }: ShutdownStep): string {
  if (id === null) return shellComment(`Action ${action} names no VM.`);
  const command = `openstack server ${how} ${word(oneLine(id))}`;
  return how === 'delete' ? shellComment(command) : command;
}
