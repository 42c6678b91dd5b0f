import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MOST_FAILING } from '@/lib/contract/choices';
import { gatherCrowd } from '@/lib/domain/capacity/crowd';
import { findLosses } from '@/lib/domain/capacity/losses';
import { openRoom } from '@/lib/domain/capacity/room';
import { countSlots } from '@/lib/domain/capacity/slots';
import { needsOf } from '@/lib/domain/cluster/flavor-needs';
import type { ServerFlavor } from '@/lib/openstack/records';
import { GIB } from '@/lib/units';
import { inSteps } from '@/lib/yield';
import { cluster, hypervisor, server } from '../domain/build';

/**
 * What capacity planning costs: `npx tsx tests/bench/capacity.ts`. Budget: 3 s of one core for N+1 of 1,000 hosts with 50,000
 * VMs, and no step that holds the event loop for 50 ms. Times are those of the processor.
 */
const BUDGET_MS = 3_000;
const SIZES = [
  [24, 600, 2],
  [400, 8_000, 2],
  [1_000, 50_000, 2],
  [1_000, 50_000, 20],
  [1_000, 50_000, 80],
] as const;

const flavor = (name: string, vcpus: number, gib: number, extraSpecs = {}): ServerFlavor => ({
  name,
  vcpus,
  ramBytes: gib * GIB,
  diskBytes: 20 * GIB,
  extraSpecs,
});

const FLAVORS = [
  flavor('m1.small', 1, 2),
  flavor('m1.medium', 2, 4),
  flavor('m1.large', 4, 8),
  flavor('r1.large', 4, 32),
  flavor('c1.2xlarge', 16, 32),
  flavor('p1.large', 8, 16, { 'hw:cpu_policy': 'dedicated' }),
];

type Cloud = {
  hosts: number;
  vms: number;
  /** Share of the RAM that is allocated: the fuller, the longer VMs look for a place. */
  used: number;
  zones: number;
};

/** Nobody asked for a zone, so that VMs without a place look in all of them. */
function cloud({ hosts, vms, used, zones: zoneCount }: Cloud) {
  const names = Array.from({ length: hosts }, (_, i) => `cmp-r${Math.floor(i / 12)}-${i % 12}`);
  const servers = Array.from({ length: vms }, (_, i) =>
    server(`vm-${i}`, names[i % hosts] ?? null, {
      flavor: FLAVORS[(i * 7) % (i % 97 === 0 ? 6 : 5)] ?? null,
      pinnedZone: null,
    }),
  );
  const room = (total: number, share: number) => ({ total, reserved: 0, allocationRatio: 1, maxUnit: total, share });
  const providers = names.map((name, i) => {
    const classes = {
      VCPU: room(400, used),
      MEMORY_MB: room(524_288, used),
      ...(i % 12 === 5 && { PCPU: room(24, 0.7) }),
    };
    return {
      id: `id-of-${name}`,
      name: `${name}.example`,
      rootId: `id-of-${name}`,
      inventories: classes,
      usages: Object.fromEntries(
        Object.entries(classes).map(([key, { total, share }]) => [
          key,
          Math.round(total * Math.min(1, share + (i % 7) / 60)),
        ]),
      ),
    };
  });
  const groups = Array.from({ length: vms / 50 }, (_, g) => ({
    id: `g-${g}`,
    name: `g-${g}`,
    policy: 'anti-affinity',
    maxPerHost: 1,
    members: Array.from({ length: 5 }, (_, i) => `vm-${g * 50 + i}`),
  }));
  const zones = Array.from({ length: zoneCount }, (_, z) => `az-${z}`).map((zone, z) => ({
    name: zone,
    zone,
    hosts: names.filter((_, i) => Math.floor(i / 12) % zoneCount === z),
    metadata: { availability_zone: zone },
  }));
  const rules = {
    value: {
      aggregates: { value: zones, reason: null },
      groups: { value: groups, reason: null },
      traits: { value: {}, reason: null },
    },
    reason: null,
  };
  return {
    joined: cluster({
      hypervisors: names.map((name) => hypervisor(name)),
      servers,
      allocations: { kind: 'placement', providers },
    }),
    rules,
  };
}

const measure = <T>(run: () => T): { value: T; ms: number } => {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1_000 };
};

function finish<T>(work: Generator<undefined, T>): { value: T; longest: number } {
  let longest = 0;
  for (;;) {
    const { value: step, ms } = measure(() => work.next());
    longest = Math.max(longest, ms);
    if (step.done) return { value: step.value, longest };
  }
}

for (const [hosts, vms, zones] of SIZES) {
  for (const used of [0.6, 0.95]) {
    const { joined, rules } = cloud({ hosts, vms, used, zones });
    const opened = measure(() => finish(openRoom(joined, rules)));
    const room = opened.value.value;
    const slots = measure(() => FLAVORS.map((one) => countSlots(room, { ...needsOf(one), project: null })));
    const gathered = measure(() => finish(gatherCrowd(room, rules.value.groups.value, FLAVORS[2] ?? null)));
    const { crowd } = gathered.value.value;
    const sets = Array.from({ length: Math.ceil(hosts / 12) }, (_, r) =>
      Array.from({ length: 12 }, (_, i) => r * 12 + i).filter((host) => host < hosts),
    );
    const lost = measure(() => finish(findLosses({ crowd, sets, worst: MOST_FAILING })));
    const { single, sets: racks } = lost.value.value;
    const count = (all: typeof single) => all.filter(({ unplaced }) => unplaced.length > 0).length;
    console.log(
      `${hosts} hosts, ${vms} VMs, ${zones} zones, ${used * 100} % allocated: rules ${opened.ms.toFixed(0)} ms (longest step ${opened.value.longest.toFixed(1)}), slots of ${FLAVORS.length} flavors ${slots.ms.toFixed(0)}, columns ${gathered.ms.toFixed(0)} (longest step ${gathered.value.longest.toFixed(1)}), N+1, the worst ${MOST_FAILING} of each zone and racks ${lost.ms.toFixed(0)} (longest step ${lost.value.longest.toFixed(1)}); ${count(single)} hosts and ${count(racks)} racks lost VMs`,
    );
    if (lost.ms > BUDGET_MS) process.exitCode = 1;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await inSteps(findLosses({ crowd, sets, worst: MOST_FAILING }));
    delay.disable();
    console.log(
      `  without a thread of its own, in steps: event loop held for ${(delay.max / 1e6).toFixed(0)} ms at most`,
    );
  }
}
