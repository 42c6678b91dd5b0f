import type { StrategyRate } from '@/lib/contract/v1/delivered';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { endOfAction } from './action-ends';
import { type AuditCase, strategyOf } from './audit-case';
import { partOfList } from './list-parts';
import { replacementOf } from './replacement';
import { isRunning } from './states';
import { isStepAudit } from './step-audits';
import type { ByAction } from './steps';

/** How often the plans of each strategy come to something. */

/** What became of a plan. */
type Fate = 'no_change' | 'waiting' | 'running' | 'done' | 'failed' | 'stopped' | 'refused' | 'replaced' | 'expired';

/** From this part of the promised fall of the spread on, a promise counts as kept. */
const KEPT_PART = 0.8;

type Context = {
  /** Plans that were made before are not counted; ms. */
  since: number;
  now: number;
  /** How long Watcher lets a plan wait; ms. */
  expiryMs: number;
  happened: (plan: ActionPlan, actions: Action[]) => ByAction;
  /** How much of its promise each measured plan kept, by plan id. */
  kept: ReadonlyMap<string, number>;
};

/** Strategies with the most plans first. Steps of careful runs and drains are no proposals, so they don't count. */
export function ratesByStrategy(cases: AuditCase[], context: Context): StrategyRate[] {
  const rates = new Map<string, StrategyRate>();
  for (const auditCase of cases) {
    if (isStepAudit(auditCase.audit.name)) continue;
    for (const plan of auditCase.plans) {
      if (plan.createdAt < context.since || plan.state === 'DELETED') continue;
      const strategy = plan.strategy ?? strategyOf(auditCase);
      const rate = rates.get(strategy ?? '') ?? { ...NOTHING, strategy };
      rates.set(strategy ?? '', rate);
      add(rate, { ...auditCase, plan }, context);
    }
  }
  return [...rates.values()].sort((a, b) => b.plans - a.plans || ((a.strategy ?? '') < (b.strategy ?? '') ? -1 : 1));
}

const NOTHING: Omit<StrategyRate, 'strategy'> = {
  plans: 0,
  no_change: 0,
  waiting: 0,
  running: 0,
  done: 0,
  failed: 0,
  stopped: 0,
  refused: 0,
  replaced: 0,
  expired: 0,
  actions_done: 0,
  actions_failed: 0,
  actions_skipped: 0,
  measured: 0,
  kept: 0,
};

type Counted = AuditCase & { plan: ActionPlan };

function add(rate: StrategyRate, one: Counted, context: Context): void {
  const { plan } = one;
  const actions = one.actions[plan.id];
  rate.plans++;
  rate[fateOf(one, context)]++;
  const kept = context.kept.get(plan.id);
  if (kept !== undefined) rate.measured++;
  if (kept !== undefined && kept >= KEPT_PART) rate.kept++;
  if (!actions || !STARTED.has(plan.state)) return;
  const happened = context.happened(plan, actions);
  for (const action of actions) {
    const end = endOfAction(action, plan, happened.get(action.id) ?? null);
    if (end === 'done') rate.actions_done++;
    if (end === 'failed' || end === 'interrupted') rate.actions_failed++;
    if (end === 'skipped') rate.actions_skipped++;
  }
}

const STARTED = new Set(['ONGOING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);

function fateOf({ audit, plans, actions, plan }: Counted, { now, expiryMs }: Context): Fate {
  const part = partOfList(plan, actions[plan.id], audit.name);
  if (replacementOf({ plan, audit, siblings: plans }) !== null && part !== 'done') return 'replaced';
  if (plan.state === 'SUPERSEDED') return 'expired';
  if (plan.state === 'CANCELLED') return part === 'done' ? 'stopped' : 'refused';
  if (part === 'unchanged') return 'no_change';
  if (plan.state === 'RECOMMENDED') return now >= plan.createdAt + expiryMs ? 'expired' : 'waiting';
  if (plan.state === 'PENDING' || isRunning(plan.state)) return 'running';
  return plan.state === 'FAILED' ? 'failed' : 'done';
}
