import 'server-only';
import type { Run } from '@/lib/contract/v1/run';
import type { Scene } from '@/lib/contract/v1/scene';
import { type CarefulRun, type CarefulStep, currentStep } from '@/lib/domain/careful/careful-run';
import type { Looked } from '@/lib/domain/careful/next';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import { scoresBefore } from '@/lib/domain/projection/figures';
import { startOf } from '@/lib/domain/projection/snapshot';
import type { Session } from '@/lib/openstack/session';
import { listActions, listPlansOfAudit, readAudit } from '@/lib/openstack/watcher';
import { READ_ANEW, readAnew, whyNoMarks } from '../acts/look';
import { clusterOf, findCase } from '../collect/joined';
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
