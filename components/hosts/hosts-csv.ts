import { overcommitOf } from '@/lib/contract/choices';
import type { Host, Hosts } from '@/lib/contract/v1/hosts';
import { type Cell, csvRows } from '@/lib/domain/review/quoting';

const rounded = (value: number | null | undefined, digits = 1): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10 ** digits) / 10 ** digits + 0;

const FIELDS: [name: string, value: (host: Host) => Cell | undefined][] = [
  ['host', ({ name }) => name],
  ['hypervisor_hostname', ({ hypervisor_hostname: name }) => name],
  ['state', ({ state }) => state],
  ['status', ({ status }) => status],
  ['disabled_reason', ({ disabled_reason: reason }) => reason],
  ['level', ({ level }) => level],
  ['cpu_percent', ({ cpu }) => rounded(cpu.used_percentage)],
  ['cpu_after_percent', ({ after }) => rounded(after?.cpu_percentage)],
  ['ram_percent', ({ ram }) => rounded(ram.used_percentage)],
  ['ram_after_percent', ({ after }) => rounded(after?.ram_percentage)],
  ['cores', ({ cpu, vcpu }) => rounded(cpu.total ?? vcpu?.total, 0)],
  ['ram_bytes', ({ ram, vram }) => rounded(ram.total ?? vram?.total, 0)],
  ['vms', ({ vms }) => vms],
  ['vms_leaving', ({ after }) => after?.leaving],
  ['vms_arriving', ({ after }) => after?.arriving],
  ['vcpu_allocated', ({ vcpu }) => vcpu?.allocated],
  ['vcpu_capacity', ({ vcpu }) => vcpu?.capacity],
  ['vcpu_overcommit', (host) => rounded(overcommitOf(host), 2)],
  ['ram_allocated_bytes', ({ vram }) => vram?.allocated],
  ['ram_capacity_bytes', ({ vram }) => vram?.capacity],
  ['why_unknown', ({ reason }) => reason],
];

/** The matching hosts in the order of the table. Loads in percent, RAM in bytes; unknown is an empty cell. */
export function hostsCsv({ hosts }: Hosts): string {
  return csvRows(
    FIELDS.map(([name]) => name),
    hosts.map((host) => FIELDS.map(([, value]) => value(host) ?? null)),
  );
}
