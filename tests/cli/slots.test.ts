import { describe, expect, it } from 'vitest';
import { reportSlots } from '@/lib/cli/slots';
import type { Capacity } from '@/lib/contract/v1/capacity';
import { flavorSlots } from '../components/room-samples';
import { readings } from '../components/samples';

const CAPACITY: Capacity = {
  flavors: [flavorSlots('m1.large', 962)],
  not_offered: [{ name: 'm1.xlarge', vms: 189, reason: 'Nova does not list this flavor.' }],
  flavors_reason: null,
  size: null,
  zones: [],
  hosts: 1,
  open_hosts: 1,
  unknown_hosts: 0,
  reason: null,
  stranded: null,
  notes: [],
  readings: readings(),
};
const limits = { warning: 10, critical: 1 };

describe('the slots in a terminal', () => {
  it('name flavors of VMs that Nova offers no more, without an alarm about them', () => {
    const { status, lines } = reportSlots(CAPACITY, '', { wanted: null, limits });
    expect(status).toBe('ok');
    expect(lines.at(-1)).toBe('Not offered by Nova any more, so no more fit: m1.xlarge (189 VMs)');
    expect(reportSlots(CAPACITY, '', { wanted: ['m1.large'], limits }).lines.join()).not.toContain('m1.xlarge');
  });
});
