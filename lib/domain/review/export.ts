import type { PlanReview } from '@/lib/contract/v1/review';
import type { SceneStep } from '@/lib/contract/v1/scene';
import type { Balance, ReviewedMove, ReviewResult } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatCount, formatPercent, formatPoints, formatStamp, rounded } from '@/lib/format';
import { unreachable } from '../plans/actions';
import { csvRows, markdownName, markdownText, oneLine, shellComment, shellWord } from './quoting';

/** A reviewed plan for use elsewhere: in a change ticket, a spreadsheet or a terminal. */

export type PlanExport = {
  review: Pick<PlanReview, 'audit' | 'plan' | 'scene' | 'made_at'>;
  /** The result for the plan, or for a variant. */
  result: ReviewResult;
  /** Whether it is a variant. */
  changed: boolean;
};

const VERDICTS: Record<string, string> = {
  ok: 'ok',
  unchecked: 'not fully checked',
  warning: 'warning',
  'would-fail': 'would fail',
};

const verdictWord = ({ verdict, change, state }: ReviewedMove): string =>
  verdict === null ? (change === 'left-out' ? 'left out' : state.toLowerCase()) : (VERDICTS[verdict] ?? verdict);

const whyOf = ({ reasons, status_message: message }: ReviewedMove): string =>
  [...(message === null ? [] : [message]), ...reasons.map(({ text }) => text)].join(' ');

export function toMarkdown({ review, result, changed }: PlanExport): string {
  const { audit, plan, scene, made_at: madeAt } = review;
  const { counts, totals } = result;
  const name = markdownName;
  const moves = result.moves.map((move, i) =>
    [
      String(i + 1),
      String(move.wave + 1),
      name(move.vm_name),
      name(move.vm_id),
      move.source === null ? '–' : name(move.source),
      move.destination === null ? 'chosen by the scheduler' : name(move.destination),
      move.live ? 'live' : 'cold',
      verdictWord(move),
      markdownText(whyOf(move)),
    ].join(' | '),
  );
  const balance = (what: string, now: Balance | null, after: Balance | null) => {
    const score = (one: Balance | null) => formatCount(one?.score ?? null);
    const high = (one: Balance | null) =>
      one ? `${name(one.highest.host)} ${formatPercent(one.highest.percentage)}` : '–';
    return `| ${what} | ${score(now)} | ${score(after)} | ${formatPoints(now?.spread)} | ${formatPoints(after?.spread)} | ${high(now)} | ${high(after)} |`;
  };
  return [
    `# ${changed ? 'Variant of the plan' : 'Plan'} of audit ${name(audit.name)}`,
    '',
    `- Audit: ${name(audit.id)}, ${audit.strategy === null ? '–' : name(audit.strategy)}, goal ${name(audit.goal)}`,
    `- Plan: ${name(plan.id)}, ${markdownText(plan.state)}, made at ${formatStamp(plan.created_at)}`,
    ...(plan.expires_at === null ? [] : [`- Expires: ${formatStamp(plan.expires_at)}`]),
    `- Reviewed: ${formatStamp(madeAt)}`,
    `- Moves to run: ${totals.moves_left}, RAM to copy: ${formatBytes(totals.ram_to_copy)}`,
    `- Verdicts: ${counts['would-fail']} would fail, ${counts.warning} with a warning, ${counts.unchecked} not fully checked, ${counts.ok} ok`,
    ...scene.unchecked.map(({ check, reason }) => `- Not checked: ${check} – ${markdownText(reason)}`),
    '',
    '## Balance',
    '',
    '| Resource | Score now | Score after | Spread now | Spread after | Highest now | Highest after |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    balance('CPU used', result.now.cpu, result.after.cpu),
    balance('RAM used', result.now.ram, result.after.ram),
    balance('vCPU allocated', result.now.vcpu, result.after.vcpu),
    balance('RAM allocated', result.now.vram, result.after.vram),
    '',
    '## Moves in order of execution',
    '',
    '| # | Wave | VM | Id | From | To | How | Verdict | Why |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...moves.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

const COLUMNS = [
  'position',
  'wave',
  'state',
  'vm',
  'vm_id',
  'flavor',
  'source',
  'destination',
  'how',
  'cores',
  'ram_bytes',
  'source_points',
  'destination_points',
  'change',
  'verdict',
  'why',
];

export function toCsv({ result }: PlanExport): string {
  const rows = result.moves.map((move, i) => [
    i + 1,
    move.wave + 1,
    move.state,
    move.vm_name,
    move.vm_id,
    move.flavor,
    move.source,
    move.destination,
    move.live ? 'live' : 'cold',
    rounded(move.cores),
    move.ram_used === null ? null : Math.round(move.ram_used),
    rounded(move.source_points),
    rounded(move.destination_points),
    move.change,
    verdictWord(move),
    whyOf(move),
  ]);
  return csvRows(COLUMNS, rows);
}

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
    'set -e',
  ];
  const byAction = new Map(result.moves.map((move) => [move.action_id, move]));
  let wave = -1;
  const begin = (next: number) => {
    if (next !== wave) lines.push('', `# Wave ${next + 1}`);
    wave = next;
  };
  for (const step of scene.steps) {
    const move = byAction.get(step.action_id);
    if (step.state !== 'PENDING' || move?.change === 'left-out') continue;
    begin(step.wave);
    lines.push(...stepLines(step, move));
  }
  for (const move of result.moves.filter(({ change }) => change === 'added')) {
    begin(move.wave);
    lines.push(...moveLines(move));
  }
  return `${lines.join('\n')}\n`;
}

/** An option joined with its value, so that a value that starts with a dash is not taken for an option. */
const option = (name: string, value: string): string => `--${name}=${shellWord(oneLine(value))}`;
/** A positional argument; after two dashes, nothing is taken for an option. */
const word = (value: string): string => (value.startsWith('-') ? `-- ${shellWord(value)}` : shellWord(value));

/** A live move to a host needs microversion 2.30, a cold one 2.56. A cold move has to be confirmed. */
function moveLines(move: ReviewedMove): string[] {
  const id = word(oneLine(move.vm_id));
  const host = move.destination === null ? '' : ` ${option('host', move.destination)}`;
  const command = move.live
    ? `openstack --os-compute-api-version=2.30 server migrate --live-migration${host} --wait ${id}`
    : `openstack --os-compute-api-version=2.56 server migrate${host} --wait ${id} && openstack server migration confirm ${id}`;
  const heading = shellComment(
    `${move.vm_name}: ${move.source ?? 'no host'} to ${move.destination ?? 'a host that the scheduler chooses'}`,
  );
  const why = move.reasons.map(({ text, verdict }) => shellComment(`${VERDICTS[verdict] ?? verdict}: ${text}`));
  return [heading, ...why, move.verdict === 'would-fail' ? shellComment(command) : command];
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
    case 'other':
      return [shellComment(`Action ${step.action_id} has no command here; only Watcher can run it.`)];
    default:
      return unreachable(step);
  }
}
