import 'server-only';
import type { Permission } from '@/lib/contract/v1/acts';
import type { AuditProgress, AuditSettings, NewAudit, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { describeProgress } from '@/lib/domain/audit-form/audit-progress';
import { firstSettings, presetsOf, settingsLike } from '@/lib/domain/audit-form/begin';
import { checkSettings } from '@/lib/domain/audit-form/check-settings';
import { fieldsOf } from '@/lib/domain/audit-form/fields';
import { pastRunsOf } from '@/lib/domain/audit-form/past-runs';
import type { ScopeHost } from '@/lib/domain/audit-form/scope';
import { byGoal, byUse, GOAL_WORDS, whyNotOffered, wordsOf } from '@/lib/domain/audit-form/strategies';
import { strategyOf } from '@/lib/domain/plans/audit-case';
import { groupBy } from '@/lib/group-by';
import type { ActionPlan, StrategySpec } from '@/lib/openstack/records';
import { sortBy } from '@/lib/sort';
import { takeFollowed, takeFormFacts } from '../collect/form-facts';
import { auditCasesOf, findCase } from '../collect/joined';
import { needValue, type ReadingSet, takeReadings } from '../collect/reading-set';
import { cachedReading } from '../collect/readings';
import { takeWatcherHealth } from '../collect/review-readings';

/** A new audit: what it may be made of, what it would do, and how far it is once it exists. */

/** @param like id or name of the audit whose settings to begin with @param permission of the visitor */
export async function viewNewAudit(
  readings: ReadingSet,
  like: string | undefined,
  permission: Permission,
): Promise<NewAudit> {
  const facts = await takeFormFacts(readings);
  const offered = facts.strategies.filter(({ name }) => whyNotOffered(name) === null);
  const names = offered.map(({ name }) => name);
  const model = like === undefined ? undefined : findCase(readings, like)?.audit;
  const begin = model && settingsLike(model, facts);
  const zones = new Set((facts.hosts ?? []).map(({ zone }) => zone));
  return {
    made_at: facts.now,
    permission,
    goals: describeGoals(offered, plansByStrategy(readings)),
    not_offered: facts.strategies.flatMap(({ name }) => {
      const reason = whyNotOffered(name);
      return reason === null ? [] : [{ strategy: name, reason }];
    }),
    hosts: (facts.hosts ?? []).map(({ name }) => name),
    zones: facts.aggregatesReason === null ? [...zones].sort() : [],
    aggregates: facts.aggregates.flatMap(({ name, hosts }) => (hosts.length === 0 ? [] : [name])).sort(),
    projects: projectsOf(readings, facts.hosts ?? []),
    scope_reason: facts.aggregatesReason,
    presets: presetsOf(names),
    begin: begin?.settings ?? firstSettings(names),
    like: model?.name ?? null,
    like_reason: begin?.reason ?? null,
  };
}

function projectsOf({ projects }: ReadingSet, hosts: ScopeHost[]): NewAudit['projects'] {
  const ids = new Set(hosts.flatMap(({ servers }) => servers.map(({ projectId }) => projectId)));
  return sortBy(
    [...ids].flatMap((id) => projects.byId.get(id) ?? []),
    ({ name }) => name,
  );
}

/** Newest first. */
function plansByStrategy(readings: ReadingSet): ReadonlyMap<string | null, ActionPlan[]> {
  const plans = auditCasesOf(readings).flatMap((auditCase) =>
    auditCase.plans.map((plan) => ({ plan, strategy: plan.strategy ?? strategyOf(auditCase) })),
  );
  plans.sort((a, b) => b.plan.createdAt - a.plan.createdAt);
  const groups = groupBy(plans, ({ strategy }) => strategy);
  return new Map([...groups].map(([strategy, own]) => [strategy, own.map(({ plan }) => plan)] as const));
}

function describeGoals(strategies: StrategySpec[], plans: ReadonlyMap<string | null, ActionPlan[]>): NewAudit['goals'] {
  const goals = [...new Set(strategies.map(({ goal }) => goal ?? ''))].sort(byGoal);
  return goals.map((goal) => ({
    name: goal,
    ...(GOAL_WORDS[goal] ?? { title: goal, about: 'A goal of this cloud.' }),
    strategies: strategies
      .filter((one) => (one.goal ?? '') === goal)
      .sort((a, b) => byUse(a.name, b.name))
      .map(({ name, spec }) => {
        const { mayStart, ...words } = wordsOf(name);
        const past = pastRunsOf(plans.get(name) ?? []);
        return { name, ...words, may_start: mayStart, past, fields: fieldsOf(name, spec) };
      }),
  }));
}

/** @param readings with all readings */
export async function viewNewAuditCheck(readings: ReadingSet, settings: AuditSettings): Promise<NewAuditCheck> {
  return checkSettings(settings, await takeFormFacts(readings));
}

/** How far an audit is, asked of Watcher itself; null if there is none. @param readings with optimizer */
export async function viewAuditProgress(readings: ReadingSet, id: string): Promise<AuditProgress | null> {
  const [taken, health] = await Promise.all([takeFollowed(readings, id), takeWatcherHealth(readings)]);
  const { audit, ...plans } = needValue(taken, 'watcher');
  if (audit === null) return null;
  const at = taken.at ?? Date.now();
  const progress = describeProgress({ now: at, audit, ...plans, services: health.value?.services ?? null });
  // The person who follows it goes to its plan next, which the pages must know by then.
  const { newest } = plans;
  const lacksPlan = (by: ReadingSet) =>
    newest !== null && findCase(by, audit.id)?.plans.some(({ id: own }) => own === newest.id) !== true;
  if (findCase(readings, audit.id)?.audit.state === audit.state && !lacksPlan(readings)) return progress;
  await (await cachedReading(readings.region, 'optimizer')).get({ notBefore: at, insist: true });
  // A reading that began earlier may have ended instead, without the plan: the page that follows it asks again soon.
  if (progress.plan_id === null || !lacksPlan(await takeReadings(readings.region, ['optimizer']))) return progress;
  return { ...progress, phase: 'looking', text: 'It has made a plan, which is being read.', plan_id: null };
}
