import 'server-only';
import type { Run } from '@/lib/contract/v1/run';
import type { Scene } from '@/lib/contract/v1/scene';
import {
  type CarefulRun,
  type CarefulStep,
  currentStep,
  isFollowed,
  stepToTidy,
} from '@/lib/domain/careful/careful-run';
import type { Looked } from '@/lib/domain/careful/next';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { scoresBefore } from '@/lib/domain/projection/figures';
import { startOf } from '@/lib/domain/projection/snapshot';
import type { Session } from '@/lib/openstack/session';
import { listActions, listPlansOfAudit, readAudit } from '@/lib/openstack/watcher';
import { MINUTE_MS } from '@/lib/units';
import { READ_ANEW, readAnew, whyNoMarks } from '../acts/look';
import { auditCasesOf, clusterOf, findCase } from '../collect/joined';
import { type ReadingSet, takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { cachedReading } from '../collect/readings';
import type { RegionId } from '../process/region';
import { findPlan } from '../views/review';
import { viewRun } from '../views/run';
import { checkMoves, sceneOf } from './moves-check';

/** What a careful run needs to know for its next step: not more, so that a run that waits asks for little. */

export type RunLook = { looked: Looked; readings: ReadingSet; scene: Scene | null };

/** @throws SourceError if the cloud can't be read */
export async function lookAtRun(region: RegionId, run: CarefulRun): Promise<RunLook> {
  const step = currentStep(run);
  if (run.state === 'ended' && !isFollowed(step)) return afterEnd(region, run);
  if (step === null || step.measuredAt !== null) return beforeStep(region, run);
  const { endedAt, startedAt } = step;
  const measurableAt = endedAt === null ? null : endedAt + run.rules.measureMs;
  // Before that, no load can be new enough, and each look would have all of them read.
  if (measurableAt !== null && Date.now() >= measurableAt)
    await (await cachedReading(region, 'load')).get({ notBefore: measurableAt, insist: true });
  const readings = await takeReadings(region, ALL_READINGS, { visit: false });
  return {
    looked: {
      ...nowOf(readings),
      audit: startedAt === null ? await readStepAudit(readings.sources.session, step) : null,
      run: startedAt !== null && endedAt === null ? await readStepRun(readings, step) : null,
    },
    readings,
    scene: null,
  };
}

/** An ended run has nothing left to do but to see that no plan of its steps can be started. */
async function afterEnd(region: RegionId, run: CarefulRun): Promise<RunLook> {
  const readings = await takeReadings(region, ALL_READINGS, { visit: false });
  return { looked: { ...nowOf(readings), untidy: await readUntidy(readings, run) }, readings, scene: null };
}

/** An engine that is away may take long, so that Watcher is asked for the audit only once the readings show that it has ended. */
const SOON_MS = 2 * MINUTE_MS;

async function readUntidy(readings: ReadingSet, run: CarefulRun): Promise<Looked['untidy']> {
  const step = stepToTidy(run);
  if (step === null) return null;
  const isSoon = Date.now() - (run.why?.at ?? step.madeAt) < SOON_MS;
  const known = isSoon || !readings.optimizer?.value ? undefined : findStepAudit(readings, step);
  if (known !== undefined && known.plans.length === 0 && ['PENDING', 'ONGOING'].includes(known.audit.state))
    return { id: known.audit.id, state: known.audit.state, plan: null };
  return readStepAudit(readings.sources.session, step);
}

/** The audit of a step as Watcher was last read. @throws SourceError if nothing is known about audits */
export const findStepAudit = (readings: ReadingSet, { auditName }: CarefulStep): AuditCase | undefined =>
  auditCasesOf(readings).find(({ audit }) => audit.name === auditName);

/** Between two steps the cloud is read again, and the moves that are left are checked in it. */
async function beforeStep(region: RegionId, run: CarefulRun): Promise<RunLook> {
  const problems = await Promise.all(READ_ANEW.map((name) => readAnew(region, name, Date.now())));
  const readings = await takeReadings(region, ALL_READINGS, { visit: false });
  const isKnown = problems.every((problem) => problem === null) && whyNoMarks(readings) === null;
  const scene = isKnown ? await sceneOf(readings, run.left, run.of.kind === 'drain' ? run.of.host : null) : null;
  return {
    looked: {
      ...nowOf(readings),
      checked: scene && checkMoves(scene, run.left),
      untidy: await readUntidy(readings, run),
      isOpenAgain: isOpenAgain(readings, run),
    },
    readings,
    scene,
  };
}

const isOpenAgain = (readings: ReadingSet, { of }: CarefulRun): boolean | null =>
  of.kind === 'drain' ? clusterOf(readings).byName.get(of.host)?.hypervisor.status === 'enabled' : null;

/** What is known of the region, whatever the run does. */
export function nowOf(readings: ReadingSet): Looked {
  const cluster = clusterOf(readings);
  const { hot } = readings.settings.limits.cpu;
  return {
    now: Date.now(),
    hosts: cluster.hosts.length,
    audit: null,
    untidy: null,
    run: null,
    checked: null,
    isOpenAgain: null,
    load: {
      at: readings.load?.at ?? null,
      spread: scoresBefore(startOf(cluster)).cpu?.spread ?? null,
      hot: cluster.hosts.filter((host) => (cpuPercent(host) ?? 0) >= hot).map(({ name }) => name),
    },
  };
}

async function readStepAudit(session: Session, step: CarefulStep): Promise<Looked['audit']> {
  const audit = await readAudit(session, step.auditName);
  if (audit === null) return null;
  const [plan] = await listPlansOfAudit(session, audit.id, 1);
  const actions = plan ? await listActions(session, { planId: plan.id }) : [];
  return { id: audit.id, state: audit.state, plan: plan ? { id: plan.id, state: plan.state, actions } : null };
}

/** null if its audit is gone by now. */
export async function readStepRun(readings: ReadingSet, step: CarefulStep): Promise<Run | null> {
  const auditCase = step.auditId === null ? undefined : findCase(readings, step.auditId);
  const plan = auditCase && step.planId !== null ? findPlan(auditCase, step.planId) : null;
  return auditCase && plan ? viewRun(readings, { auditCase, plan }) : null;
}
