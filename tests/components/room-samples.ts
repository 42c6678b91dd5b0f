import type { Payloads } from '@/components/widgets/widget';
import type { FlavorSlots } from '@/lib/contract/v1/capacity';
import { GIB } from '@/lib/units';
import { readings } from './samples';

/** How many more VMs fit. */

export const flavorSlots = (name: string, slots: number | null, more: Partial<FlavorSlots> = {}): FlavorSlots => ({
  name,
  vcpus: 4,
  pinned: false,
  ram: 8 * GIB,
  disk: 0,
  vms: 117,
  slots,
  slots_from_volume: slots,
  zones: [{ zone: 'nova', slots, ends: 'vCPU' }],
  aggregates: [],
  endings: [],
  closed: [],
  not_checked: [],
  ...more,
});

export const ROOM: Payloads['room'] = {
  flavors: [
    flavorSlots('m1.large', 962),
    flavorSlots('3f6c2c1e-8a44-4f5f-9b1f-0d7d1c9f2a10', 0),
    flavorSlots('m1.xlarge', null),
  ],
  not_offered: [{ name: 'm2.old', vms: 189, reason: 'Nova does not list this flavor.' }],
  reason: null,
  readings: readings(),
};
