import 'server-only';
import { createHash } from 'node:crypto';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { type HostFacts, seenOf } from '@/lib/domain/drain/refuse';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { isRunning } from '@/lib/domain/plans/states';
import { listSteps } from '@/lib/domain/plans/steps';
import { readComputeService } from '@/lib/openstack/compute-services';
import { asPart } from '@/lib/readings/placing-rules';
import { takeCloseReasons } from '../collect/close-reasons';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { type ReadingSet, takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { findHost } from '../views/hosts';
import { listRuns } from './kept-run';
import { READ_ANEW, readAnew, whyNoMarks } from './look';

/** A host, looked at just now. */
export type HostLook = {
  host: ClusterHost;
  facts: HostFacts;
  /** Why it is closed: as Nova has it, or as who closed it here said, if Watcher has written its own reason over that. */
  reason: string | null;
  /** Why readings could not be taken again, a sentence; null if they could. */
  problem: string | null;
  readings: ReadingSet;
};

/**
 * Reads the cloud again and looks at a host: null if there is none of this name.
 *
 * @param since the cloud is read again unless it was after this time; ms
 * @throws SourceError of Nova if nothing is known about VMs and hosts
 */
export async function lookAtHost(region: RegionId, name: string, since = Date.now()): Promise<HostLook | null> {
  const problems = await Promise.all(READ_ANEW.map((reading) => readAnew(region, reading, since)));
  const readings = await takeReadings(region, ALL_READINGS);
  const host = findHost(readings, name);
  if (!host) return null;
  const service = await asPart(readComputeService(readings.sources.session, host.name));
  const disabledReason = service.value === null ? host.hypervisor.disabledReason : service.value.reason;
  const kept = await takeCloseReasons(region, [{ host: host.name, disabledReason }]);
  return {
    host,
    facts: {
      now: Date.now(),
      host: host.name,
      service: service.value,
      unreadable: service.reason,
      busy: listBusy(readings, host.name),
      isDraining: await isDraining(region, host.name),
    },
    reason: kept.get(host.name) ?? disabledReason,
    problem: problems.find((problem) => problem !== null) ?? whyNoMarks(readings),
    readings,
  };
}

const isDraining = async (region: RegionId, host: string): Promise<boolean> =>
  theStore() !== null && (await listRuns(region, { open: true, object: host, limit: 1 })).length > 0;

/** Stands for what a person saw of a host. */
export const digestOfHost = ({ facts }: HostLook): string =>
  createHash('sha256').update(seenOf(facts)).digest('base64url').slice(0, 22);

/** Names of audits whose plans run, or are about to, and close a host or move VMs off it. */
function listBusy(readings: ReadingSet, host: string): string[] {
  const { index } = clusterOf(readings);
  return auditCasesOf(readings).flatMap(({ audit, plans, actions }) =>
    plans.some(
      (plan) =>
        (isRunning(plan.state) || plan.state === 'PENDING') &&
        !isAbandoned(plan, actions[plan.id], Date.now()) &&
        listSteps(actions[plan.id] ?? [], index).some(
          (step) =>
            (step.kind === 'service' && step.host === host && !step.enable) ||
            (step.kind === 'migrate' && step.source === host),
        ),
    )
      ? [audit.name]
      : [],
  );
}
