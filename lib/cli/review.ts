import type { PlanReview } from '@/lib/contract/v1/review';
import type { ReviewedMove, Verdict } from '@/lib/contract/v1/verdicts';
import { formatChange, formatPercent, formatThings, MISSING } from '@/lib/format';
import { type Ask, NoAnswer } from './ask';
import { type Command, type Report, type Status, UsageError } from './command';
import { type Column, drawTable } from './table';

/** The verdict on every move of a plan. */
export const review: Command = {
  usage: 'review <plan>',
  summary: 'the verdict on each move of a plan (its id, newest or best), and the balance after it',
  options: [],
  codes: {
    ok: 'all its moves would work',
    warning: 'a move has a warning, or could not be checked completely',
    critical: 'a move would fail',
    unknown: 'there is no such plan, or it has nothing left to run',
  },
  async run(ask, { words: [wanted] }) {
    if (wanted === undefined)
      throw new UsageError('review needs the id of a plan, newest or best; plans lists the ids.');
    const { audit, plan } = await findPlan(ask, wanted);
    const { text, data } = await ask('planReview', { params: { id: audit, plan } });
    return reportReview(data, text);
  },
};

/** By its id or the beginning of it; `best` for the best that waits, `newest` for the current one of the newest audit. */
async function findPlan(ask: Ask, wanted: string): Promise<{ audit: string; plan: string }> {
  if (wanted === 'newest') return { audit: 'newest', plan: 'newest' };
  const { data } = await ask('plans', { query: { limit: '1000' } });
  if (wanted === 'best') {
    const best = data.plans.find(({ plan_id }) => plan_id === data.best_plan_id);
    if (best === undefined) throw new NoAnswer('No plan that waits is worth doing.');
    return { audit: best.audit_id, plan: best.plan_id };
  }
  const found = data.plans.filter(({ plan_id }) => plan_id.startsWith(wanted.toLowerCase()));
  const [first] = found;
  if (first === undefined) throw new NoAnswer(`There is no plan ${wanted}.`);
  if (found.length > 1) throw new NoAnswer(`${formatThings(found.length, 'plan')} begin with ${wanted}.`);
  return { audit: first.audit_id, plan: first.plan_id };
}

const STATUSES: Record<Verdict, Status> = {
  ok: 'ok',
  unchecked: 'warning',
  warning: 'warning',
  'would-fail': 'critical',
};

const COLUMNS: Column<ReviewedMove>[] = [
  { title: 'NO', isNumber: true, cell: ({ key }) => key },
  { title: 'VM', cell: ({ vm_name }) => vm_name },
  { title: 'FROM', cell: ({ source }) => source ?? MISSING },
  { title: 'TO', cell: ({ destination }) => destination ?? MISSING },
  { title: 'TYPE', cell: ({ live }) => (live ? 'live' : 'cold') },
  { title: 'STATE', cell: ({ state }) => state },
  { title: 'VERDICT', cell: ({ verdict }) => verdict ?? MISSING },
  { title: 'WHY', cell: ({ reasons: [worst], verdict }) => (verdict === 'ok' || !worst ? '' : worst.text) },
];

function reportReview({ audit, plan, result, readings }: PlanReview, json: string): Report {
  const { verdict, counts, now, after, moves, shutdowns } = result;
  const scores = [now.overall, after.overall];
  const change = now.overall === null || after.overall === null ? null : after.overall - now.overall;
  const stale = Object.values(readings).some(({ state }) => state !== 'fresh');
  return {
    status: verdict === null ? 'unknown' : STATUSES[verdict],
    summary:
      verdict === null
        ? 'Nothing of this plan is left to run'
        : `${counts['would-fail']} would fail, ${counts.warning} with a warning, ${counts.unchecked} not checked completely, ${counts.ok} ok`,
    lines: [
      `Plan ${plan.id} of audit ${audit.name}, ${plan.state}`,
      `Balance score ${scores.map((score) => formatPercent(score)).join(' now, ')} after (${formatChange(change)})`,
      ...(shutdowns.length > 0 ? [`It takes ${formatThings(shutdowns.length, 'VM')} out of service`] : []),
      ...(stale ? ['Some of the readings are not fresh'] : []),
      ...(moves.length === 0 ? [] : ['', ...drawTable(COLUMNS, moves)]),
    ],
    json,
  };
}
