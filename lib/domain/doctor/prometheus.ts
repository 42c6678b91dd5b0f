import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Examination } from '@/lib/readings/examination';
import { type HostIndex, mapTargets } from '../cluster/host-index';
import { checksOf, type Finding, judge, ofAll, skipped } from './check';

const check = checksOf('Prometheus');
const checkData = checksOf('Data');

/** A clock that is off by more puts rates of the wrong minute beside each other. */
const CLOCK_MS = 5_000;
const SHOWN = 40;

export type MetricNames = { hostLabels: string[] };

/** Whether Prometheus answers, what it scrapes, and what of it is of use here. */
export function examinePrometheus(
  examination: Examination,
  index: HostIndex,
  { hostLabels }: MetricNames,
): DoctorCheck[] {
  const { clockOffset, scraped, exporters } = examination;
  const reachable = clockOffset.value !== null || clockOffset.reason === null;
  const unless = (finding: () => Finding): Finding => (reachable ? finding() : skipped('Prometheus does not answer.'));
  return [
    check('prometheus', 'Prometheus answers, and its clock agrees', clock(examination)),
    check(
      'targets',
      'Its targets are up',
      unless(() =>
        judge(scraped, 'The series `up` can’t be read.', ({ down, all }) => ({
          status: down.length > 0 ? 'warning' : 'ok',
          evidence:
            all === 0
              ? 'It has no series `up`, as behind Aetos or a store of records.'
              : `${ofAll(all - down.length, all, 'targets')} are up.`,
          details: down.slice(0, SHOWN).map(({ job, instance }) => `${instance} of job ${job} is down`),
          fix: down.length > 0 ? 'Look at the exporters there, and at the page Targets of Prometheus.' : null,
        })),
      ),
    ),
    check(
      'exporters',
      'Exporters are found',
      unless(() =>
        judge(exporters, 'Which exporters there are can’t be read.', (set) => ({
          status: set.hosts === null ? 'error' : set.servers === null ? 'warning' : 'ok',
          evidence: `Hosts: ${set.hosts ?? 'none'}. VMs: ${set.servers ?? 'none'}. Placement’s numbers: ${set.openstack ? 'openstack-exporter' : 'none'}.`,
          fix:
            set.hosts === null
              ? 'Scrape node_exporter on the compute hosts; METRICS_NODE_SELECTOR tells its series from others.'
              : set.servers === null
                ? 'Scrape a libvirt exporter on the compute hosts, or feed Ceilometer’s metrics: until then the use of VMs is estimated.'
                : null,
        })),
      ),
    ),
    checkData(
      'host-names',
      'Every host has its measurements',
      unless(() => hostNames(examination, index, hostLabels)),
    ),
    checkData(
      'vm-metrics',
      'VMs have their measurements',
      unless(() => vmMetrics(examination)),
    ),
    checkData(
      'estimated',
      'What is estimated because of all this',
      unless(() => estimated(examination, index, hostLabels)),
    ),
  ];
}

function clock({ clockOffset }: Examination): Finding {
  // Null is a value here: it answers, and tells no time.
  if (clockOffset.reason !== null) {
    return {
      status: 'error',
      evidence: clockOffset.reason,
      fix: 'Check PROMETHEUS_URL, its credentials, and whether this machine reaches it: curl "$PROMETHEUS_URL/api/v1/query?query=1".',
    };
  }
  const offset = clockOffset.value;
  if (offset === null) return { status: 'ok', evidence: 'It answers, and does not tell its time.' };
  const seconds = `${(Math.abs(offset) / 1000).toFixed(1)} s ${offset < 0 ? 'behind' : 'ahead of'}`;
  return Math.abs(offset) <= CLOCK_MS
    ? { status: 'ok', evidence: `It answers; its clock is ${seconds} this one.` }
    : {
        status: 'warning',
        evidence: `It answers, but its clock is ${seconds} this one.`,
        fix: 'Let both machines follow the same time server: ages and the load at the time of a plan are wrong meanwhile.',
      };
}

function hostNames({ targets, hypervisors }: Examination, index: HostIndex, hostLabels: string[]): Finding {
  if (hypervisors.value === null) return skipped('Nova’s hosts are not known.');
  return judge(targets, 'The measurements of hosts can’t be read.', (all) => {
    const mapped = mapTargets(all, index, hostLabels);
    const missing = index.hosts.filter((host) => !mapped.hosts.has(host));
    return {
      status: missing.length === 0 ? 'ok' : mapped.hosts.size === 0 ? 'error' : 'warning',
      evidence: `${ofAll(index.hosts.length - missing.length, index.hosts.length, 'hosts')} are matched; ${mapped.unmapped.length} targets belong to no compute host.`,
      details: [
        ...missing.slice(0, SHOWN).map((host) => `${host} has no target`),
        ...(missing.length > 0
          ? mapped.unmapped.slice(0, SHOWN).map((name) => `the target ${name} is no compute host’s`)
          : []),
        ...mapped.duplicates.map((host) => `${host} has more than one target`),
      ],
      fix:
        missing.length === 0
          ? null
          : `Targets are matched by the labels ${hostLabels.join(', ')} and by nodename. METRICS_HOST_LABELS names another label, METRICS_HOST_ALIASES single hosts. Watcher itself wants its label fqdn.`,
    };
  });
}

function vmMetrics({ measured }: Examination): Finding {
  return judge(measured, 'The use of VMs can’t be read.', ({ sampled, found, running }) => {
    const share = sampled === 0 ? 1 : found / sampled;
    const sample = sampled < running ? `, of ${running} that run` : '';
    return {
      status: share >= 0.98 ? 'ok' : 'warning',
      evidence: `${ofAll(found, sampled, 'VMs')} that were looked at${sample} are measured.`,
      fix:
        share >= 0.98
          ? null
          : 'Look whether the libvirt exporter runs on every host and tells the VM’s id; METRICS_SERVER_LABEL names the label. New VMs take some minutes. Recording rules limited to one user leave out other projects.',
    };
  });
}

/** Which numbers are not measured as a consequence, and by what they are replaced. */
function estimated(
  { exporters, measured, targets, hypervisors }: Examination,
  index: HostIndex,
  hostLabels: string[],
): Finding {
  const consequences: string[] = [];
  if (exporters.value?.servers === null || (measured.value && measured.value.found < measured.value.sampled)) {
    consequences.push(
      'CPU of VMs that are not measured: their share of what their host uses, by vCPUs. Confidence: medium.',
    );
  }
  if (exporters.value && exporters.value.hosts === null) {
    consequences.push('Without host metrics plans are shown by allocation alone. Confidence: low.');
  }
  if (targets.value && hypervisors.value) {
    const missing = index.hosts.length - mapTargets(targets.value, index, hostLabels).hosts.size;
    if (missing > 0)
      consequences.push(
        `${missing} ${missing === 1 ? 'host' : 'hosts'} without measurements: a dash, and no part in spread and score.`,
      );
  }
  return consequences.length === 0
    ? { status: 'ok', evidence: 'Nothing: every number of hosts and VMs is measured.' }
    : { status: 'warning', evidence: 'Some numbers are estimated or missing.', details: consequences };
}
