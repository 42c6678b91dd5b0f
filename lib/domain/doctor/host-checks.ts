import type { NodeTarget } from '@/lib/prometheus/records';
import type { Examination } from '@/lib/readings/examination';
import type { HostIndex, MappedTargets } from '../cluster/host-index';
import { describeConflict, listGaps } from '../cluster/missing-reason';
import { checksOf, type Finding, judge, ofAll, type RawCheck, skipped } from './check';

/** Whether every host is one machine to Nova and to Prometheus, and whether its exporter reports all that is needed. */

const SHOWN = 40;

/** Nova keeps the record of a host that was installed again elsewhere. */
export function hostRecords({ hypervisors }: Examination, { records }: HostIndex): RawCheck {
  const twice = records.filter(({ others }) => others.length > 0);
  return checksOf('OpenStack')(
    'host-records',
    'Nova has one record of each host',
    judge(hypervisors, 'Check that Nova lists its hosts.', () => ({
      status: twice.length === 0 ? 'ok' : 'warning',
      evidence:
        twice.length === 0
          ? `${records.length} hosts, one record each.`
          : `${ofAll(twice.length, records.length, 'hosts')} have several records; each host counts once.`,
      details: twice.flatMap(({ host, kept, others }) => [
        `${host} has ${others.length + 1} records: ${kept.id} (${kept.state}) is used`,
        ...others.map(({ id, state }) => `${host}: ${id} (${state}) is not used`),
      ]),
      fix:
        twice.length === 0
          ? null
          : 'Delete the record that is left over, with its compute service: `openstack compute service list`, `openstack compute service delete`.',
    })),
  );
}

/** @param count the number of aliases in the settings */
export function aliases({ hypervisors }: Examination, { unknownAliases }: HostIndex, count: number): Finding {
  if (hypervisors.value === null) return skipped('Nova’s hosts are unknown.');
  return {
    status: unknownAliases.length === 0 ? 'ok' : 'error',
    evidence:
      count === 0
        ? 'METRICS_HOST_ALIASES is not set.'
        : `${ofAll(count - unknownAliases.length, count, 'aliases')} name a host.`,
    details: unknownAliases.map(({ name, host }) => `${name}=${host}: Nova has no host ${host}, or several`),
    fix:
      unknownAliases.length === 0
        ? null
        : 'The right side of an alias is a host as `openstack hypervisor list` or `openstack compute service list` shows it.',
  };
}

export function machines({ targets, hypervisors, exporters }: Examination, mapped: MappedTargets): Finding {
  if (hypervisors.value === null) return skipped('Nova’s hosts are unknown.');
  const { labels, replicas } = exporters.value?.identity ?? { labels: [], replicas: [] };
  return judge(targets, 'The measurements of hosts can’t be read.', () => {
    const { conflicts, rivals, foreign } = mapped;
    const isFine = conflicts.size === 0 && rivals.length === 0;
    const notes = [
      ...(labels.length > 0 ? [`Machines are told apart by ${labels.join(', ')}.`] : []),
      ...(replicas.length > 0 ? [`Copies that only differ in ${replicas.join(', ')} count once.`] : []),
      ...(foreign.length > 0 ? [`${foreign.length} targets of other regions are left out.`] : []),
    ];
    const verdict =
      conflicts.size > 0
        ? `Several machines answer to the names of ${conflicts.size} ${conflicts.size === 1 ? 'host' : 'hosts'}, which are not measured.`
        : isFine
          ? 'No two machines answer to one name.'
          : 'Some machines answer to the name of a host that has a target of its own.';
    return {
      status: conflicts.size > 0 ? 'error' : isFine ? 'ok' : 'warning',
      evidence: [verdict, ...notes].join(' '),
      details: [
        ...[...conflicts].slice(0, SHOWN).map(([host, conflict]) => describeConflict(host, conflict)),
        ...rivals.slice(0, SHOWN).map(({ host, target }) => `${listLabels(target)} is another machine than ${host}’s`),
      ],
      fix: isFine
        ? null
        : 'Limit METRICS_NODE_SELECTOR to the machines of this cloud, name the label that has the host in METRICS_HOST_LABELS, or name single targets in METRICS_HOST_ALIASES.',
    };
  });
}

const listLabels = ({ labels }: NodeTarget): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

/** Whether openstack-exporters agree, which repeat Placement's numbers. */
export function exportedPlacement({ disputed, exporters }: Examination): Finding {
  if (exporters.value?.openstack === false) return { status: 'ok', evidence: 'No openstack-exporter is scraped.' };
  return judge(disputed, 'The metrics of openstack-exporter can’t be read.', (hosts) => ({
    status: hosts.length === 0 ? 'ok' : 'error',
    evidence:
      hosts.length === 0
        ? 'All openstack-exporters agree.'
        : `openstack-exporters disagree about ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}, as those of two clouds do.`,
    details: hosts.slice(0, SHOWN),
    fix: hosts.length === 0 ? null : 'Limit METRICS_OPENSTACK_SELECTOR to the exporter of this cloud.',
  }));
}

/** Metrics that the exporters of compute hosts do not report. */
export function metricGaps({ targets }: Examination, { hosts }: MappedTargets): Finding {
  return judge(targets, 'The measurements of hosts can’t be read.', () => {
    const gaps = [...hosts].flatMap(([host, target]) => listGaps(target).map((gap) => `${host}: ${gap}`));
    return {
      status: gaps.length === 0 ? 'ok' : 'warning',
      evidence:
        gaps.length === 0
          ? 'Exporters of hosts report CPU time by mode, and memory.'
          : `${new Set(gaps.map((gap) => gap.split(':', 1)[0])).size} hosts lack measurements although their exporters are up.`,
      details: gaps.slice(0, SHOWN),
      fix:
        gaps.length === 0
          ? null
          : 'Keep node_cpu_seconds_total with all modes of METRICS_IDLE_MODES, node_memory_MemTotal_bytes and node_memory_MemAvailable_bytes: look at metric_relabel_configs.',
    };
  });
}
