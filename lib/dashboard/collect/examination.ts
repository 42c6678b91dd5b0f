import 'server-only';
import type { Doctor } from '@/lib/contract/v1/doctor';
import { isComputeHost } from '@/lib/domain/cluster/host-records';
import { diagnose, diagnoseSettings } from '@/lib/domain/doctor/diagnose';
import { plansToLookAt } from '@/lib/domain/plans/left-disabled';
import { EnvError, readEnv, settingsToMend } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { examine } from '@/lib/readings/examination';
import { joinLosses } from '@/lib/readings/losses';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { withCloseReasons } from './close-reasons';
import { currentLosses } from './readings';

/** Checks every link of the chain now. Does not reject for failing sources or unusable settings; they are findings. */
export async function runDoctor(region: RegionId): Promise<Doctor> {
  try {
    const { session, load, hostAliases } = await openSources(region);
    const { AUTH, AUTH_CHECK_MINUTES } = readEnv();
    const examination = await examine(session, load, {
      clock: Date.now,
      isComputeHost,
      wanted: plansToLookAt,
      hasSessions: AUTH === 'keystone' && AUTH_CHECK_MINUTES > 0,
    });
    const losses = joinLosses(examination.losses, await currentLosses(region));
    const { hypervisors } = examination;
    // A host that somebody closed here is not left behind, whatever reason Watcher has written over theirs.
    const hosts = hypervisors.value
      ? { ...hypervisors, value: await withCloseReasons(region, hypervisors.value) }
      : hypervisors;
    return diagnose(
      { ...examination, hypervisors: hosts, losses },
      { hostLabels: load.settings.hostLabels, hostAliases, settingsToMend: settingsToMend() },
      Date.now(),
    );
  } catch (error) {
    return findSettings(error);
  }
}

/** Unusable settings as the only finding. @throws whatever else was thrown */
export function findSettings(error: unknown): Doctor {
  if (error instanceof EnvError) return diagnoseSettings([...error.problems, ...settingsToMend()], Date.now());
  if (error instanceof SourceError) return diagnoseSettings([error.message, ...settingsToMend()], Date.now());
  throw error;
}
