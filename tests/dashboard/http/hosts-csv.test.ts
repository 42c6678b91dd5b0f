import { expect, it } from 'vitest';
import type { Host } from '@/lib/contract/v1/hosts';
import { hostsCsv } from '@/lib/dashboard/http/hosts-csv';
import { GIB } from '@/lib/units';

const HOST: Host = {
  name: 'cmp-1',
  hypervisor_hostname: 'cmp-1.example',
  hypervisor_type: 'QEMU',
  zone: 'az-a',
  aggregates: [],
  state: 'up',
  status: 'enabled',
  disabled_reason: null,
  level: 'hot',
  cpu: { total: 64, used: 58.08, used_percentage: 90.75 },
  ram: { total: 512 * GIB, used: 128 * GIB, used_percentage: 25 },
  reason: null,
  vcpu: {
    total: 64,
    reserved: 2,
    capacity: 248,
    allocated: 120,
    allocated_percentage: 48.4,
    allocation_ratio: 4,
  },
  vram: null,
  vms: 18,
  out: null,
  after: {
    cpu_after: 59.26,
    ram_after: null,
    vcpu_after: 88,
    vram_after: null,
    leaving: 4,
    arriving: 0,
  },
};

const UNKNOWN: Host = {
  ...HOST,
  name: '=cmp-2',
  state: 'down',
  status: 'disabled',
  disabled_reason: 'DIMM, slot "4"',
  level: 'unknown',
  cpu: { total: null, used: null, used_percentage: null },
  ram: { total: null, used: null, used_percentage: null },
  reason: 'The host is down and no exporter reports it',
  vcpu: null,
  vms: 0,
  out: {
    state: 'in-maintenance',
    text: 'In maintenance, its nova-compute is silent.',
    closed: { by: 'here', person: 'ops', reason: '=fans', since: 0, back_by: null },
    since: 0,
    plan: null,
  },
  after: null,
};

it('writes hosts as CSV with plain numbers, empty cells for unknown values, and nothing that a spreadsheet would run', () => {
  const [header = '', first = '', second = ''] = hostsCsv([HOST, UNKNOWN]).split('\r\n');
  const row = (line: string) => Object.fromEntries(line.split(',').map((cell, at) => [header.split(',')[at], cell]));
  expect(row(first)).toMatchObject({
    host: 'cmp-1',
    cpu_percent: '90.8',
    cpu_after_percent: '59.3',
    ram_after_percent: '',
    cores: '64',
    ram_bytes: String(512 * GIB),
    vms_leaving: '4',
    // 120 vCPUs on 62 cores that are not reserved.
    vcpu_overcommit: '1.94',
    ram_allocated_bytes: '',
    why_unknown: '',
  });
  expect(second).toBe(
    `'=cmp-2,cmp-1.example,down,disabled,"DIMM, slot ""4""",unknown,,,,,,,0,,,,,,,,The host is down and no exporter reports it,in-maintenance,"In maintenance, its nova-compute is silent.",ops,1970-01-01T00:00:00.000Z,'=fans,`,
  );
});
