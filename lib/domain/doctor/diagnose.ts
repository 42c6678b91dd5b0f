import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Examination } from '@/lib/readings/examination';
import { buildHostIndex } from '../cluster/host-index';
import { reportOnce } from './check';
import { hostRecords } from './host-checks';
import { leftDisabled } from './left-disabled-check';
import { examineOpenStack } from './openstack';
import { examinePrometheus, type MetricNames } from './prometheus';
import { examineRows } from './rows';
import { sessionsCheck } from './sessions-check';
import { outdatedSettings, wrongSettings } from './settings-checks';
import { examineWatcher } from './watcher';

/** Every link of the chain with evidence and a fix, from the token to what has to be estimated. */
export function diagnose(
  examination: Examination,
  { settingsToMend, ...metrics }: MetricNames & { settingsToMend: string[] },
  now: number,
): Doctor {
  const region = examination.locations.nova.value?.region ?? null;
  const index = buildHostIndex(examination.hypervisors.value ?? [], metrics.hostAliases, region);
  return summarize(
    reportOnce([
      ...(settingsToMend.length === 0 ? [] : [outdatedSettings(settingsToMend)]),
      ...examineOpenStack(examination, index),
      ...(examination.standing === null ? [] : [sessionsCheck(examination.standing)]),
      hostRecords(examination, index),
      ...examineWatcher(examination, now),
      leftDisabled(examination, index),
      ...examinePrometheus(examination, index, metrics),
      examineRows(examination),
    ]),
    now,
  );
}

function summarize(checks: DoctorCheck[], now: number): Doctor {
  const count = (status: DoctorCheck['status']) => checks.filter((one) => one.status === status).length;
  return {
    checked_at: now,
    summary: { ok: count('ok'), warning: count('warning'), error: count('error'), skipped: count('skipped') },
    checks,
  };
}

/** Nothing could be checked: the settings are wrong or missing. */
export const diagnoseSettings = (problems: string[], now: number): Doctor => summarize([wrongSettings(problems)], now);
