import type { HostSlots, PartSlots } from './slots';

/** What ends the room for VMs, in words. */

const RESOURCES: Record<string, string> = {
  VCPU: 'vCPU',
  PCPU: 'pinned CPU',
  MEMORY_MB: 'RAM',
  DISK_GB: 'disk',
  VGPU: 'virtual GPU',
  MEM_ENCRYPTION_CONTEXT: 'encrypted memory',
};

/** Classes that only one cloud has are called what they are called there. */
const resourceName = (resource: string): string => RESOURCES[resource] ?? resource;

/** On one host, or on several for the same reason: "vCPU", "no pinned CPU". */
export function endText({ kind, detail }: HostSlots['end']): string {
  switch (kind) {
    case 'resource':
      return resourceName(detail);
    case 'no-class':
      return `no ${resourceName(detail)}`;
    case 'unit-size':
      return `not as much ${resourceName(detail)} for one VM`;
    case 'traits':
      return `trait ${detail}`;
    case 'aggregate':
      return `not in an aggregate with ${detail}`;
    case 'project':
      return `kept for projects of ${detail}`;
    case 'unknown':
      return 'unknown in Placement';
  }
}

/** Under the number of a zone: "RAM", or why it is 0: "no pinned CPU left". A resource that ran out says more than a rule. */
export function zoneEnd({ slots, endings }: PartSlots): string {
  const [end] = [...endings.filter((one) => one.end.kind === 'resource'), ...endings];
  if (end === undefined) return 'no open host';
  const text = endText(end.end);
  return slots === 0 && end.end.kind === 'resource' ? `no ${text} left` : text;
}

const UNCOUNTED: [spec: RegExp, text: string][] = [
  [/^hw:mem_page_size$/, 'huge pages, which Nova counts per NUMA node'],
  [/^hw:numa_nodes$/, 'NUMA nodes, into which the VM must fit'],
  [/^pci_passthrough:alias$/, 'PCI devices'],
  [/^hw:cpu_thread_policy$/, 'its thread policy'],
];

/** What a flavor asks for that no API counts: fewer may fit. */
export function listUncounted(extraSpecs: Record<string, string>): string[] {
  const texts = UNCOUNTED.filter(([spec]) => Object.keys(extraSpecs).some((key) => spec.test(key))).map(
    ([, text]) => text,
  );
  return extraSpecs['hw:cpu_policy'] === 'mixed' ? [...texts, 'CPUs of which only some are pinned'] : texts;
}
