import 'server-only';
import { LRUCache } from 'lru-cache';
import type { Effect } from '@/lib/contract/v1/outcome';
import { type Cluster, joinCluster } from '@/lib/domain/cluster/cluster';
import { countAllMoves, type MovesKnown } from '@/lib/domain/cluster/vm-moves';
import { type AuditCase, listAuditCases, shownActions } from '@/lib/domain/plans/audit-case';
import { type Happenings, openHappenings } from '@/lib/domain/plans/happenings';
import { type Release, releaseOf } from '@/lib/domain/plans/release';
import type { ByAction } from '@/lib/domain/plans/steps';
import { type PlanView, projectPlan } from '@/lib/domain/projection/plan-projection';
import type { Weighed } from '@/lib/domain/review/worth';
import { listPlannedMoves, type PlannedMove } from '@/lib/domain/vms/planned-moves';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { MigrationRecord } from '@/lib/readings/migrations';
import type { PlacingRules } from '@/lib/readings/placing-rules';
import { lastFor, partsOf } from './last-for';
import { need, type ReadingSet, whyMissing } from './reading-set';
import { ALL_READINGS, CAPACITY_READINGS } from './reading-values';

/** What is joined from a set of readings, once for each set. */

const keepCluster = lastFor<Cluster>('cluster');
const keepCases = lastFor<AuditCase[]>('cases');
const keepHappenings = lastFor<Happenings>('happenings');
const keepMoves = lastFor<MovesKnown>('moves');
const keepPlanned = lastFor<Map<string, PlannedMove[]>>('planned-moves');
const keepPlans = lastFor<LRUCache<string, PlanView>>('plans');
const keepWeights = lastFor<Map<string, Weighed>>('weights');
const keepEffects = lastFor<Map<string, Effect | null>>('effects');

/** A plan's view is large where hosts and moves are many, so only this many are kept. */
const KEPT_PLANS = 24;

/** Hosts, VMs, allocations and load joined; empty without an inventory. */
export function clusterOf(readings: ReadingSet): Cluster {
  const { sources, groups } = readings;
  return keepCluster(partsOf(readings, CAPACITY_READINGS), () =>
    joinCluster({
      hypervisors: readings.inventory?.value?.hypervisors ?? [],
      servers: groups,
      allocations: readings.allocations?.value ?? null,
      targets: readings.load?.value?.targets ?? null,
      hostLabels: sources.load.settings.hostLabels,
      hostAliases: sources.hostAliases,
      region: readings.inventory?.value?.region,
      projects: readings.projects,
    }),
  );
}

/** Audits that are not deleted, newest first. @throws SourceError of Watcher if nothing is known about audits */
export function auditCasesOf(readings: ReadingSet): AuditCase[] {
  const { audits, plans, actions } = need(readings, 'optimizer');
  return keepCases(partsOf(readings, ['optimizer']), () => listAuditCases(audits, plans, actions));
}

/** The audit with this id or name, or the newest for `newest` if none is called that. @throws as above */
export function findCase(readings: ReadingSet, idOrName: string): AuditCase | undefined {
  const cases = auditCasesOf(readings);
  const found = cases.find(({ audit }) => audit.id === idOrName || audit.name === idOrName);
  return found ?? (idOrName === 'newest' ? cases[0] : undefined);
}

/** How often VMs have moved lately. */
export const movesOf = (readings: ReadingSet): MovesKnown =>
  keepMoves(partsOf(readings, ['migrations']), () =>
    countAllMoves(readings.migrations?.value ?? { ...NO_RECORD, reason: whyMissing(readings.migrations) }),
  );

const NO_RECORD: MigrationRecord = { migrations: [], covered: null, reason: null, losses: [] };

/** What became of the moves of plans in Nova. @throws SourceError of Watcher if nothing is known about plans */
export function happeningsOf(readings: ReadingSet): Happenings {
  const { plans, actions } = need(readings, 'optimizer');
  const { inventory, migrations } = readings;
  return keepHappenings(partsOf(readings, ['optimizer', 'inventory', 'migrations']), () =>
    openHappenings({
      plans,
      actions,
      record: migrations?.value ?? { ...NO_RECORD, reason: whyMissing(migrations) },
      cluster: clusterOf(readings),
      knowsServers: inventory?.value != null && inventory.state !== 'partial',
    }),
  );
}

/** What became of the moves of one plan, by action id. */
export const happenedTo = (readings: ReadingSet, plan: ActionPlan | null, actions: Action[]): ByAction =>
  plan === null ? NOTHING : happeningsOf(readings).of(plan, actions).byAction;

/** The moves that plans which wait or run would make. @throws SourceError of Watcher if nothing is known about plans */
export const plannedMovesOf = (readings: ReadingSet): Map<string, PlannedMove[]> =>
  keepPlanned(partsOf(readings, ['optimizer', 'inventory', 'migrations']), () =>
    listPlannedMoves(auditCasesOf(readings), clusterOf(readings), (auditCase) =>
      happenedTo(readings, auditCase.shown, shownActions(auditCase)),
    ),
  );

const NOTHING: ByAction = new Map();

/** What the shown plan of an audit moves and changes. */
export function planViewOf(readings: ReadingSet, auditCase: AuditCase): PlanView {
  const views = keepPlans(partsOf(readings, ALL_READINGS), () => new LRUCache({ max: KEPT_PLANS }));
  const known = views.get(auditCase.audit.id);
  if (known) return known;
  const { shown: plan } = auditCase;
  const actions = shownActions(auditCase);
  const happened = happenedTo(readings, plan, actions);
  const planCase = { plan, actions, cluster: clusterOf(readings), happened };
  const view = projectPlan(planCase, {
    measuredAt: readings.load?.at ?? null,
    use: readings.planLoad?.value?.use ?? {},
    history: readings.planLoad?.value?.history ?? {},
    hostLabels: readings.sources.load.settings.hostLabels,
  });
  views.set(auditCase.audit.id, view);
  return view;
}

/** What Watcher of this cloud does where releases differ. */
export const watcherRelease = ({ optimizer }: ReadingSet): Release => releaseOf(optimizer?.value?.versions);

/**
 * What plans weigh, as it becomes known; for as long as the readings and these placing rules are the same.
 *
 * @param rules null if they are unknown
 */
export const weightsOf = (readings: ReadingSet, rules: PlacingRules | null): Map<string, Weighed> =>
  keepWeights([...partsOf(readings, ALL_READINGS), rules], () => new Map());

/** The effects of plans by audit id, as they become known. */
export const effectsOf = (readings: ReadingSet): Map<string, Effect | null> =>
  keepEffects(partsOf(readings, ALL_READINGS), () => new Map());
