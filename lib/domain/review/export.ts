import type { PlanReview } from '@/lib/contract/v1/review';
import type { Balance, ReviewedMove, ReviewedShutdown, ReviewResult } from '@/lib/contract/v1/verdicts';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatEnds,
  formatPercent,
  formatPoints,
  formatStamp,
  formatThings,
  rounded,
} from '@/lib/format';
import { type Cell, csvRows, markdownName, markdownText } from './quoting';
import { projectCells, projectName } from './scene-projects';

/** A reviewed plan for use elsewhere: in a change ticket, a spreadsheet or a terminal. */

export type PlanExport = {
  review: Pick<PlanReview, 'audit' | 'plan' | 'scene' | 'waves' | 'made_at'>;
  /** The result for the plan, or for a variant. */
  result: ReviewResult;
  /** Whether it is a variant. */
  changed: boolean;
  /** The address of its page; without a server if that is unknown. */
  link: string;
};

/** The number that `off` takes; null for a move that a variant adds. */
const numberOf = ({ key, action_id: action }: ReviewedMove): number | null => (action === null ? null : Number(key));

/** Verdicts in words. */
export const VERDICTS: Record<string, string> = {
  ok: 'ok',
  unchecked: 'not fully checked',
  warning: 'warning',
  'would-fail': 'would fail',
};

type Judged = Pick<ReviewedMove, 'verdict' | 'state'> & { change?: ReviewedMove['change'] };

const verdictWord = ({ verdict, change, state }: Judged): string =>
  verdict === null ? (change === 'left-out' ? 'left out' : state.toLowerCase()) : (VERDICTS[verdict] ?? verdict);

type Remarked = Pick<ReviewedMove, 'reasons' | 'status_message'> & Partial<Pick<ReviewedMove, 'happened'>>;

const whyOf = ({ happened, reasons, status_message: message }: Remarked): string => {
  const nova = happened?.differs ? [happened.text] : [];
  return [...nova, ...(message === null ? [] : [message]), ...reasons.map(({ text }) => text)].join(' ');
};

export function toMarkdown({ review, result, changed, link }: PlanExport): string {
  const { audit, plan, scene, made_at: madeAt } = review;
  const { counts, totals } = result;
  const name = markdownName;
  const moves = result.moves.map((move) =>
    [
      String(numberOf(move) ?? '–'),
      String(move.wave),
      name(move.vm_name),
      name(move.vm_id),
      projectName(scene, move.vm_id),
      move.source === null ? '–' : name(move.source),
      move.destination === null ? 'chosen by the scheduler' : name(move.destination),
      move.live ? 'live' : 'cold',
      `${move.cores_estimate === null ? '' : '≈'}${formatEnds(move.source_points, move.destination_points)}`,
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
    `- Link: ${/^https?:\/\/[^\s<>|`]+$/.test(link) ? `<${link}>` : name(link)}`,
    ...durationLine(result.moves),
    `- Moves to run: ${totals.moves_left}, RAM to copy: ${formatBytes(totals.ram_to_copy)}`,
    ...(totals.moves_estimated === 0 ? [] : [`- CPU estimated: ${totals.moves_estimated} of these moves`]),
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
    '| # | Wave | VM | Id | Project | From | To | How | CPU | Verdict | Why |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...moves.map((row) => `| ${row} |`),
    '',
    ...shutdownsTable(result.shutdowns),
    ...otherActionsTable(review.waves, result.left_out),
  ].join('\n');
}

/** How long the moves took, as far as Nova recorded it. */
function durationLine(moves: ReviewedMove[]): string[] {
  const spans = moves.flatMap(({ happened }) =>
    happened?.started_at != null && happened.ended_at !== null
      ? [[happened.started_at, happened.ended_at] as const]
      : [],
  );
  if (spans.length === 0) return [];
  const [from, until] = [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))];
  const took = `${formatAge(until - from)} for ${formatThings(spans.length, 'move')}`;
  return [`- Duration: ${took}, ${formatStamp(from)} to ${formatStamp(until)}, as Nova recorded`];
}

const tableOf = (title: string, columns: string[], rows: string[][]): string[] =>
  rows.length === 0
    ? []
    : [
        `## ${title}`,
        '',
        `| ${columns.join(' | ')} |`,
        `|${' --- |'.repeat(columns.length)}`,
        ...rows.map((row) => `| ${row.join(' | ')} |`),
        '',
      ];

function shutdownsTable(shutdowns: ReviewedShutdown[]): string[] {
  const rows = shutdowns.map((shutdown) => [
    String(shutdown.wave),
    markdownName(shutdown.vm_name),
    markdownName(shutdown.vm_id),
    shutdown.host === null ? '–' : markdownName(shutdown.host),
    shutdown.how,
    verdictWord(shutdown),
    markdownText(whyOf(shutdown)),
  ]);
  return tableOf('VMs taken out of service', ['Wave', 'VM', 'Id', 'Host', 'How', 'Verdict', 'Why'], rows);
}

/** In tables of their own. */
const TABLED = ['migrate', 'stop', 'shelve', 'delete'];

function otherActionsTable(waves: PlanReview['waves'], leftOut: string[]): string[] {
  const rows = waves.flatMap((wave, at) =>
    wave
      .filter(({ type }) => !TABLED.includes(type))
      .map((action) => [
        String(at + 1),
        markdownName(action.type),
        action.target === null ? '–' : markdownName(action.target),
        markdownText(action.detail),
        leftOut.includes(action.id) ? 'left out' : markdownText(action.state),
        markdownText(action.status_message ?? ''),
      ]),
  );
  return tableOf('Other actions', ['Wave', 'Action', 'Target', 'Details', 'State', 'Why'], rows);
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
  'cores_estimate',
  'ram_estimate',
  'change',
  'verdict',
  'why',
  'project_id',
  'project',
];

export function toCsv({ review, result }: PlanExport): string {
  const rows = result.moves.map((move): Cell[] => [
    numberOf(move),
    move.wave,
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
    move.cores_estimate,
    move.ram_estimate,
    move.change,
    verdictWord(move),
    whyOf(move),
    ...projectCells(review.scene, move.vm_id),
  ]);
  const ends = result.shutdowns.map((shutdown): Cell[] => [
    null,
    shutdown.wave,
    shutdown.state,
    shutdown.vm_name,
    shutdown.vm_id,
    null,
    shutdown.host,
    null,
    shutdown.how,
    rounded(shutdown.cpu_cores),
    null,
    null,
    null,
    null,
    null,
    'none',
    verdictWord(shutdown),
    whyOf(shutdown),
    ...projectCells(review.scene, shutdown.vm_id),
  ]);
  return csvRows(COLUMNS, [...rows, ...ends]);
}
