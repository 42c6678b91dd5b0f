import 'server-only';
import { type AuditDetail, type AuditList, auditDetailSchema } from '@/lib/contract/v1/audits';
import { type AuditCase, shownActions, strategyOf } from '@/lib/domain/plans/audit-case';
import { describeAudit, summarizeAudit } from '@/lib/domain/projection/audits';
import { yieldIfDue } from '@/lib/yield';
import { auditCasesOf, clusterOf, findCase, happenedTo, planViewOf, watcherRelease } from '../collect/joined';
import { withPast } from '../collect/plan-past';
import { type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { asAnswered } from './as-answered';
import { type Change, listChanges, readSince, sinceNow } from './changes';
import { keepView } from './kept-view';
import { planDrift, planEffect, planOutcome } from './outcomes';
import { asShownView, orNothing, type View } from './view';

/** The audits, as pages show them and the typed API encodes them. */

export type AuditQuery = {
  limit: number;
  offset: number;
  state?: string;
  plan_state?: string;
  goal?: string;
  strategy?: string;
  type?: string;
  /** As `readSince` takes it. */
  since?: string;
};

/** @throws SourceError of Watcher if nothing is known about audits */
export async function viewAuditList(readings: ReadingSet, query: AuditQuery): Promise<AuditList> {
  const { limit, offset } = query;
  const matching = auditCasesOf(readings).filter(matcherOf(query));
  const changes =
    query.since === undefined ? null : listChanges(matching, changeOf, { since: readSince(query.since), limit });
  const audits: AuditList['audits'] = [];
  // Effects take some milliseconds each, so they are computed for the listed audits only.
  for (const auditCase of changes?.items ?? matching.slice(offset, offset + limit)) {
    audits.push(summarizeAudit(auditCase, planEffect(readings, auditCase)));
    await yieldIfDue();
  }
  return {
    audits,
    total: changes?.total ?? matching.length,
    limit,
    offset,
    next_since: changes?.next ?? sinceNow(matching, changeOf),
    readings: readingStates(readings),
  };
}

function matcherOf({ state, plan_state, goal, strategy, type }: AuditQuery): (auditCase: AuditCase) => boolean {
  const wants = (wanted: string | undefined, value: string | null | undefined) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  return (auditCase) =>
    wants(state, auditCase.audit.state) &&
    wants(plan_state, auditCase.shown?.state) &&
    wants(goal, auditCase.audit.goal) &&
    wants(strategy, strategyOf(auditCase)) &&
    wants(type, auditCase.audit.type);
}

/** When the audit or its current plan last changed, ms. */
const changedAt = ({ audit, shown }: AuditCase): number =>
  Math.max(audit.updatedAt ?? audit.createdAt, shown === null ? 0 : (shown.updatedAt ?? shown.createdAt));

const changeOf = (auditCase: AuditCase): Change => {
  const { audit, shown } = auditCase;
  return { at: changedAt(auditCase), version: [audit.id, audit.state, shown?.id, shown?.state].join(' ') };
};

/** One audit by id or name; null if there is none. @throws SourceError of Watcher if nothing is known about audits */
export async function viewAudit(taken: ReadingSet, id: string): Promise<AuditDetail | null> {
  const found = findCase(taken, id);
  return found ? describe(await withPast(taken, found), found) : null;
}

function describe(readings: ReadingSet, found: AuditCase): AuditDetail {
  const findings = {
    view: planViewOf(readings, found),
    effect: planEffect(readings, found),
    outcome: planOutcome(readings, found),
    drift: planDrift(readings, found),
    release: watcherRelease(readings),
    happened: happenedTo(readings, found.shown, shownActions(found)),
  };
  return { ...describeAudit(found, findings, clusterOf(readings)), readings: readingStates(readings) };
}

export const readAuditList = (region: RegionId, query: AuditQuery): Promise<View<AuditList>> =>
  asShownView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const name = JSON.stringify(['audits', query]);
    return keepView({ name, readings, names: ALL_READINGS }, () => viewAuditList(readings, query));
  });

/** `detail`: null where the audit is large; the browser asks for it then, and gets it as every client of the API does. */
export type AuditOnPage = { id: string; name: string; detail: AuditDetail | null };

/** null if there is no such audit. @param whole whether a large audit is a part of the page, too */
export const readAuditOnPage = (region: RegionId, id: string, whole: boolean): Promise<View<AuditOnPage> | null> =>
  orNothing(async () => {
    const taken = await takeComplete(region, ALL_READINGS);
    const found = findCase(taken, id);
    if (!found) return null;
    const known = { id: found.audit.id, name: found.audit.name };
    const isKept = !isLarge(taken, found);
    if (!isKept && !whole) return { ...known, detail: null };
    const readings = await withPast(taken, found);
    const make = () => asAnswered(auditDetailSchema, describe(readings, found));
    const from = { name: `audit ${known.id}`, readings, names: ALL_READINGS };
    return { ...known, detail: isKept ? await keepView(from, make) : make() };
  });

/** Rows from which on an audit is most of a page that shows twenty of them. */
const MANY_ROWS = 500;

/** Each action may be a move and is a part of a wave. */
const isLarge = ({ inventory }: ReadingSet, found: AuditCase): boolean =>
  2 * shownActions(found).length + (inventory?.value?.hypervisors.length ?? 0) > MANY_ROWS;
