import type { ListedPlan, PlanList } from '@/lib/contract/v1/plan-list';
import { formatCount, formatDate, formatPoints, formatThings, MISSING } from '@/lib/format';
import { type Command, one, type Report } from './command';
import { type Column, drawTable } from './table';
import { whyInGroup } from './why-worth';

/** The plans of all audits. */
export const plans: Command = {
  usage: 'plans',
  summary: 'plans that run, wait for a decision, best first, or are over',
  options: [
    { name: 'show', value: '<which>', help: 'only running, waiting, done or unchanged' },
    { name: 'search', value: '<text>', help: 'only plans with this in the name of their audit, of a host or a VM' },
    { name: 'limit', value: '<number>', help: 'how many to list (50)' },
  ],
  codes: {
    ok: 'no plan is worth doing',
    warning: 'a plan that waits is worth doing',
    critical: 'a running plan has failed actions, or the last one that ran failed, among those listed',
    unknown: 'Watcher has not been read',
  },
  async run(ask, given) {
    const query = { show: one(given, 'show'), q: one(given, 'search'), limit: one(given, 'limit') ?? '50' };
    const { text, data } = await ask('plans', { query });
    return reportPlans(data, text, Date.now());
  },
};

const columns = (now: number): Column<ListedPlan>[] => [
  { title: 'PLAN', cell: ({ plan_id }) => plan_id },
  { title: 'STATE', cell: ({ plan_state }) => plan_state },
  { title: 'AUDIT', cell: ({ audit_name }) => audit_name },
  { title: 'MADE', cell: ({ created_at }) => formatDate(created_at, now) },
  { title: 'MOVES', isNumber: true, cell: ({ worth, result }) => formatCount(worth?.moves ?? result?.moves) },
  { title: 'SPREAD NOW', isNumber: true, cell: ({ worth }) => formatPoints(worth?.cpu.spread.now) },
  { title: 'AFTER', isNumber: true, cell: ({ worth }) => formatPoints(worth?.cpu.spread.after) },
  { title: 'WORTH', cell: ({ worth }) => worth?.group.replaceAll('-', ' ') ?? MISSING },
  { title: 'WHY', cell: ({ worth }) => (worth === null ? MISSING : whyInGroup(worth)) },
  { title: 'REVIEW', cell: ({ worth }) => worth?.verdict ?? MISSING },
];

function reportPlans(
  { plans: listed, total, counts, groups, best_plan_id: best }: PlanList,
  json: string,
  now: number,
): Report {
  const failing = listed.find(({ part, progress }) => part === 'running' && (progress?.failed ?? 0) > 0);
  const last = listed.find(({ part }) => part === 'done');
  const failed = failing ?? (last?.plan_state === 'FAILED' ? last : undefined);
  const status = failed ? 'critical' : groups.worth_doing > 0 ? 'warning' : 'ok';
  const sentences = [
    `${formatThings(counts.running, 'plan')} running, ${counts.waiting} waiting, of which ${groups.worth_doing} worth doing`,
    ...(failed ? [`${failed.plan_id} of audit ${failed.audit_name} ${failing ? 'has failed actions' : 'failed'}`] : []),
    ...(best === null ? [] : [`the best is ${best}`]),
  ];
  const more = total - listed.length;
  return {
    status,
    summary: sentences.join('; '),
    lines:
      listed.length === 0
        ? []
        : [
            ...drawTable(columns(now), listed),
            ...(more > 0 ? ['', `${formatThings(more, 'plan')} more; list them with --limit`] : []),
          ],
    json,
  };
}
