import type { Hypervisor } from '@/lib/openstack/records';
import type { CpuGap, NodeTarget } from '@/lib/prometheus/records';
import type { AllocationSource } from '@/lib/readings/allocations';
import type { MappedTargets } from './host-index';
import type { HostConflict } from './target-contest';

const GAPS: Record<CpuGap, string> = {
  'no-cpu-metrics': 'Its exporter reports no node_cpu_seconds_total',
  'no-idle-mode': 'Its exporter reports no mode=idle (see METRICS_IDLE_MODES)',
  'too-young': 'Not measured long enough yet: fewer than two samples',
  restarted: 'Not measured long enough yet since it restarted',
  'several-machines': 'Several machines report under the same labels',
};

const DOWN = 'The host is down and no exporter reports it';
const NO_TARGET = 'No exporter reports this host under a known name';

/** Why no host of a cloud is measured: what its exporters lack, by the example of one host, if there are any. */
export function noneMeasured(hosts: { name: string; reason: string | null }[]): string {
  const example = hosts.find(({ reason }) => reason !== null && reason !== DOWN && reason !== NO_TARGET);
  return example ? `No host is measured. ${example.name}: ${example.reason}.` : 'No exporter reports a compute host.';
}

/**
 * Why CPU or RAM in use of a host is unknown; null if both are known.
 *
 * @param mapped null if Prometheus gave nothing
 */
export function missingReason({ host, state }: Hypervisor, mapped: MappedTargets | null): string | null {
  if (mapped === null) return 'Prometheus has no data';
  const target = mapped.hosts.get(host);
  const conflict = mapped.conflicts.get(host);
  if (conflict) return describeConflict(host, conflict);
  if (target) return listGaps(target).join('. ') || null;
  return state === 'down' ? DOWN : NO_TARGET;
}

/** What a target lacks, a sentence without a period for each. */
export function listGaps({ cpuGap, cpus, memoryTotalBytes, memoryAvailableBytes }: NodeTarget): string[] {
  // All of them report idle time; then another of the modes that count as idle is missing.
  const isOtherMode = cpuGap === 'no-idle-mode' && cpus !== null;
  const cpu = isOtherMode ? 'Its exporter does not report all of METRICS_IDLE_MODES' : cpuGap && GAPS[cpuGap];
  const size = memoryTotalBytes === null ? 'Total' : memoryAvailableBytes === null ? 'Available' : null;
  const memory = size && `Its exporter reports no node_memory_Mem${size}_bytes`;
  return [cpu, memory].filter((gap) => gap !== null);
}

const SHOWN = 3;
const NUMBERS = ['No machine', 'One machine', 'Two machines', 'Three machines'];

/** Both sides and the setting that resolves it, without a period. */
export function describeConflict(host: string, { machines, labels, sides: values }: HostConflict): string {
  const label = labels[0] ?? 'instance';
  const more = values.length > SHOWN ? ` and ${values.length - SHOWN} more` : '';
  const shown = values.slice(0, SHOWN).map((value) => value || `no ${label}`);
  const sides = `${label} (${shown.join(', ')}${more})`;
  const settings = `set METRICS_NODE_SELECTOR to this cloud’s, or METRICS_HOST_LABELS if ${label} names hosts`;
  return machines.length === 1
    ? `Machines of several sites answer to the names of hosts, and only one to ${host}, told apart by ${sides}: ${settings}`
    : `${NUMBERS[machines.length] ?? `${machines.length} machines`} answer to ${host}, told apart by ${sides}: ${settings}`;
}

/** Why allocations of hosts are unknown that several openstack-exporters report; null if none is. */
export function whyDisputed(source: AllocationSource | null): string | null {
  if (source?.kind !== 'openstack-exporter' || source.disputed.length === 0) return null;
  const { disputed } = source;
  const hosts = disputed.length === 1 ? 'one host' : `${disputed.length} hosts`;
  return `Exporters of several clouds disagree about ${hosts}, such as ${disputed[0]}: set METRICS_OPENSTACK_SELECTOR to this cloud’s.`;
}
