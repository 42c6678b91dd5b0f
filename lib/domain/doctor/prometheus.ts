import { formatThings } from '@/lib/format';
import type { ServerSource } from '@/lib/prometheus/records';
import type { Examination } from '@/lib/readings/examination';
import { type HostIndex, type MappedTargets, mapTargets } from '../cluster/host-index';
import { checksOf, type Finding, judge, ofAll, type RawCheck, skipped, unread } from './check';
import { aliases, exportedPlacement, machines, metricGaps } from './host-checks';

const check = checksOf('Prometheus');
const checkData = checksOf('Data');

/** A larger offset pairs rates from different minutes. */
const CLOCK_MS = 5_000;
const SHOWN = 40;

export type MetricNames = { hostLabels: string[]; hostAliases: Record<string, string> };

/** Whether Prometheus responds, what it scrapes, and what of that is useful. */
export function examinePrometheus(
  examination: Examination,
  index: HostIndex,
  { hostLabels, hostAliases }: MetricNames,
): RawCheck[] {
  const { clockOffset, scraped, exporters } = examination;
  const mapped = mapTargets(examination.targets.value ?? [], index, hostLabels);
  const reachable = clockOffset.value !== null || clockOffset.reason === null;
  const unless = (finding: () => Finding): Finding => (reachable ? finding() : skipped('Prometheus does not respond.'));
  return [
    check('prometheus', 'Prometheus responds, and its clock agrees', clock(examination)),
    check(
      'targets',
      'Its targets are up',
      unless(() =>
        judge(scraped, 'The series `up` can’t be read.', ({ down, all }) => ({
          status: down.length > 0 ? 'warning' : 'ok',
          evidence:
            all === 0
              ? 'It has no series `up`, which is usual behind Aetos or with recording rules only.'
              : `${ofAll(all - down.length, all, 'targets')} are up.`,
          details: down.slice(0, SHOWN).map(({ job, instance }) => `${instance} of job ${job} is down`),
          fix: down.length > 0 ? 'Check these exporters, and the Targets page of Prometheus.' : null,
        })),
      ),
    ),
    check(
      'exporters',
      'Exporters are detected',
      unless(() =>
        judge(exporters, 'The metric names can’t be read.', (set) => ({
          status: set.hosts === null ? 'error' : set.servers.length === 0 ? 'warning' : 'ok',
          evidence: `Hosts: ${set.hosts ?? 'none'}. VMs: ${listSources(set.servers)}. Allocations: ${set.openstack ? 'openstack-exporter' : 'none'}.`,
          fix:
            set.hosts === null
              ? 'Scrape node_exporter on the compute hosts. METRICS_NODE_SELECTOR selects its series.'
              : set.servers.length === 0
                ? 'Scrape a libvirt exporter on the compute hosts, or collect Ceilometer’s metrics. Until then, the CPU of VMs is estimated.'
                : null,
        })),
      ),
    ),
    checkData(
      'host-names',
      'Every host is measured',
      unless(() => hostNames(examination, index, { hostLabels, mapped })),
    ),
    checkData('host-aliases', 'Aliases name hosts', aliases(examination, index, Object.keys(hostAliases).length)),
    checkData(
      'machines',
      'Every name belongs to one machine',
      unless(() => machines(examination, mapped)),
    ),
    checkData(
      'host-metrics',
      'Exporters of hosts report everything that is needed',
      unless(() => metricGaps(examination, mapped)),
    ),
    checkData(
      'exported-placement',
      'Exporters agree about allocations',
      unless(() => exportedPlacement(examination)),
    ),
    checkData(
      'vm-metrics',
      'VMs are measured',
      unless(() => vmMetrics(examination)),
    ),
    checkData(
      'estimated',
      'What has to be estimated as a result',
      unless(() => estimated(examination, index, mapped)),
    ),
  ];
}

function clock({ clockOffset }: Examination): Finding {
  // null is a value here: Prometheus responds without a date.
  if (clockOffset.reason !== null) {
    const isUnset = clockOffset.failure?.kind === 'config';
    return unread(
      clockOffset,
      isUnset
        ? 'Set PROMETHEUS_URL.'
        : 'Check PROMETHEUS_URL, its credentials, and whether this machine can reach it: curl "$PROMETHEUS_URL/api/v1/query?query=1".',
    );
  }
  const offset = clockOffset.value;
  if (offset === null) return { status: 'ok', evidence: 'It responds, but does not report its time.' };
  const seconds = `${(Math.abs(offset) / 1000).toFixed(1)} s ${offset < 0 ? 'behind' : 'ahead of'}`;
  return Math.abs(offset) <= CLOCK_MS
    ? { status: 'ok', evidence: `It responds; its clock is ${seconds} this machine’s.` }
    : {
        status: 'warning',
        evidence: `It responds, but its clock is ${seconds} this machine’s.`,
        fix: 'Sync both machines with the same time server. Until then, ages and past loads are wrong.',
      };
}

/** Each with the number of VMs that it knows. */
const listSources = (sources: ServerSource[]): string =>
  sources.map(({ source, known }) => `${source} (${known})`).join(', ') || 'none';

function hostNames(
  { targets, hypervisors }: Examination,
  index: HostIndex,
  { hostLabels, mapped }: { hostLabels: string[]; mapped: MappedTargets },
): Finding {
  if (hypervisors.value === null) return skipped('Nova’s hosts are unknown.');
  return judge(targets, 'The metrics of hosts can’t be read.', () => {
    const missing = index.hosts.filter((host) => !mapped.hosts.has(host));
    return {
      status: missing.length === 0 ? 'ok' : mapped.hosts.size === 0 ? 'error' : 'warning',
      evidence: `${ofAll(index.hosts.length - missing.length, index.hosts.length, 'hosts')} are matched; ${formatThings(mapped.unmapped.length, 'target belongs', 'targets belong')} to no compute host.`,
      details: [
        ...missing.slice(0, SHOWN).map((host) => `${host} has no target`),
        ...(missing.length > 0
          ? mapped.unmapped.slice(0, SHOWN).map((name) => `target ${name} is not a compute host`)
          : []),
        ...mapped.duplicates.map((host) => `${host} has more than one target`),
      ],
      fix:
        missing.length === 0
          ? null
          : `Targets are matched by the labels ${hostLabels.join(', ')} and by nodename. Set METRICS_HOST_LABELS to use another label, METRICS_HOST_ALIASES to match single hosts. Watcher itself needs the label fqdn.`,
    };
  });
}

function vmMetrics({ measured }: Examination): Finding {
  return judge(measured, 'The metrics of VMs can’t be read.', ({ sampled, found, running }) => {
    const share = sampled === 0 ? 1 : found / sampled;
    const sample = sampled < running ? `, out of ${running} running` : '';
    return {
      status: share >= 0.98 ? 'ok' : 'warning',
      evidence: `${ofAll(found, sampled, 'sampled VMs')}${sample} are measured.`,
      fix:
        share >= 0.98
          ? null
          : 'Check that the libvirt exporter runs on every host and reports the VM’s id; METRICS_SERVER_LABEL names the label. New VMs take some minutes. Recording rules for one user leave out other projects.',
    };
  });
}

/** Which figures are not measured, and what is used instead. */
function estimated(
  { exporters, measured, targets, hypervisors }: Examination,
  index: HostIndex,
  mapped: MappedTargets,
): Finding {
  if (hypervisors.value === null || targets.value === null) return skipped('Hosts or their metrics are unknown.');
  const consequences: string[] = [];
  if (exporters.value?.servers.length === 0 || (measured.value && measured.value.found < measured.value.sampled)) {
    consequences.push(
      'CPU of VMs that are not measured: their share of their host’s CPU, by vCPU. Confidence: medium.',
    );
  }
  if (exporters.value && exporters.value.hosts === null) {
    consequences.push('Without host metrics, plans only show allocations. Confidence: low.');
  }
  const missing = index.hosts.length - mapped.hosts.size;
  if (missing > 0)
    consequences.push(
      `${missing} ${missing === 1 ? 'host' : 'hosts'} not measured: shown as a dash, and not counted in spread and score.`,
    );
  return consequences.length === 0
    ? { status: 'ok', evidence: 'Nothing: all hosts and VMs are measured.' }
    : { status: 'warning', evidence: 'Some figures are estimated or missing.', details: consequences };
}
