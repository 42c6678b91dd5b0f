import fc from 'fast-check';
import { joinCluster } from '@/lib/domain/cluster/cluster';
import { groupServers } from '@/lib/domain/cluster/server-groups';
import type { Action, Hypervisor, Inventory, ProviderUsage, Server } from '@/lib/openstack/records';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { GIB } from '@/lib/units';
import { hypervisor, server } from '../domain/build';

/** Random clouds and plans, with everything that makes two readings of one plan differ. */

const HOSTS = ['h1', 'h2', 'h3', 'h4', 'h5'];
const VMS = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7'];

/** A host as services and releases spell it: name, FQDN, hypervisor uuid, another case; or one that is not there. */
const spelled = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...HOSTS) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTS.map((name) => `${name}.example`)) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTS.map((name) => `id-of-${name}`)) },
  { weight: 1, arbitrary: fc.constantFrom('H1', 'ghost', 'alias-of-nothing') },
);

/** Not so small that rounding makes it equal to another. */
const load = (max: number) => fc.double({ min: 0.001, max, noNaN: true });

const hostRecord = fc.record({
  state: fc.constantFrom<Hypervisor['state'][]>('up', 'up', 'up', 'down', 'unknown'),
  status: fc.constantFrom<Hypervisor['status'][]>('enabled', 'enabled', 'enabled', 'disabled'),
  cpus: fc.integer({ min: 1, max: 128 }),
  /** Share of CPUs and RAM in use; null if not measured. */
  used: fc.option(load(1), { freq: 6 }),
  inventory: fc.constantFrom('none', 'shared', 'dedicated', 'shared', 'shared'),
  allocated: fc.integer({ min: 0, max: 200 }),
});

const flavor = fc.record({
  vcpus: fc.integer({ min: 1, max: 16 }),
  ramGib: fc.integer({ min: 1, max: 64 }),
  extraSpecs: fc.constantFrom<Record<string, string>[]>(
    {},
    {},
    { 'hw:cpu_policy': 'dedicated' },
    { 'resources:VCPU': '0' },
  ),
});

const vmRecord = fc.record({
  host: fc.oneof({ weight: 8, arbitrary: spelled }, { weight: 1, arbitrary: fc.constant(null) }),
  status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'SHUTOFF', 'PAUSED', 'ERROR'),
  flavor: fc.option(flavor, { freq: 8 }),
  cores: fc.option(load(16), { freq: 3 }),
  memoryGib: fc.option(load(64), { freq: 3 }),
});

const moveRecord = fc.record({
  kind: fc.constant('move' as const),
  vm: fc.constantFrom(...VMS, 'gone'),
  source: fc.option(spelled, { freq: 20 }),
  destination: fc.option(spelled, { freq: 8 }),
  live: fc.boolean(),
});
const serviceRecord = fc.record({
  kind: fc.constant('service' as const),
  host: spelled,
  state: fc.constantFrom('enabled', 'disabled'),
});

const actionRecord = fc.record({
  does: fc.oneof({ weight: 6, arbitrary: moveRecord }, { weight: 1, arbitrary: serviceRecord }),
  state: fc.constantFrom('PENDING', 'PENDING', 'PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'),
  /** The action before it must end first. */
  follows: fc.boolean(),
});

/** Most VMs are where the plan says, or nearly every move would be left out. */
const faithful = fc.boolean();

export const clouds = fc
  .record({
    hosts: fc.array(hostRecord, { minLength: HOSTS.length, maxLength: HOSTS.length }),
    vms: fc.array(vmRecord, { minLength: VMS.length, maxLength: VMS.length }),
    actions: fc.array(actionRecord, { maxLength: 14 }),
    faithful,
    placement: fc.boolean(),
  })
  .map(build);

export type Cloud = typeof clouds extends fc.Arbitrary<infer T> ? T : never;

type Raw = {
  hosts: (typeof hostRecord extends fc.Arbitrary<infer T> ? T : never)[];
  vms: (typeof vmRecord extends fc.Arbitrary<infer T> ? T : never)[];
  actions: (typeof actionRecord extends fc.Arbitrary<infer T> ? T : never)[];
  faithful: boolean;
  placement: boolean;
};

function build({ hosts, vms, actions, faithful: isFaithful, placement }: Raw) {
  const hypervisors = hosts.map(({ state, status }, at) => hypervisor(HOSTS[at] ?? '', { state, status }));
  const servers = vms.map(({ host, status, flavor: size }, at): Server => {
    const sizes = size && {
      name: `${size.vcpus}-${size.ramGib}`,
      vcpus: size.vcpus,
      ramBytes: size.ramGib * GIB,
      diskBytes: 0,
      extraSpecs: size.extraSpecs,
    };
    return server(VMS[at] ?? '', host, { status, flavor: sizes });
  });
  const targets = hosts.flatMap(({ cpus, used }, at) => (used === null ? [] : [measured(HOSTS[at] ?? '', cpus, used)]));
  const use = Object.fromEntries(
    vms.flatMap(({ cores, memoryGib }, at): [string, ServerUse][] =>
      cores === null && memoryGib === null
        ? []
        : [[VMS[at] ?? '', { cores, memoryBytes: memoryGib === null ? null : memoryGib * GIB }]],
    ),
  );
  const cluster = joinCluster({
    hypervisors,
    servers: groupServers(servers),
    allocations: placement ? { kind: 'placement', providers: hosts.flatMap(provide) } : null,
    targets,
    hostLabels: ['instance'],
    hostAliases: { 'alias-of-nothing': 'nothing' },
  });
  return { cluster, targets, use, actions: toActions(actions, isFaithful ? whereabouts(servers) : new Map()) };
}

const whereabouts = (servers: Server[]): Map<string, string | null> =>
  new Map(servers.map(({ id, host }) => [id, host]));

const measured = (host: string, cpus: number, used: number): NodeTarget => ({
  labels: { instance: `${host}:9100` },
  nodename: null,
  bootedAt: null,
  cpus,
  idleShare: 1 - used,
  cpuGap: null,
  memoryTotalBytes: 256 * GIB,
  memoryAvailableBytes: Math.round((1 - used) * 256 * GIB),
  hugepagesFreeBytes: null,
});

function provide({ inventory, allocated, cpus }: Raw['hosts'][number], at: number): ProviderUsage[] {
  if (inventory === 'none') return [];
  const host = HOSTS[at] ?? '';
  const shared: Inventory = { total: cpus, reserved: 1, allocationRatio: 4, maxUnit: cpus };
  const dedicated: Inventory = { total: cpus, reserved: 0, allocationRatio: 1, maxUnit: cpus };
  const ram: Inventory = { total: 262_144, reserved: 2_048, allocationRatio: 1.5, maxUnit: 262_144 };
  return [
    {
      id: `id-of-${host}`,
      name: `${host}.example`,
      rootId: `id-of-${host}`,
      inventories: { VCPU: shared, MEMORY_MB: ram, ...(inventory === 'dedicated' ? { PCPU: dedicated } : {}) },
      usages: { VCPU: allocated, MEMORY_MB: allocated * 512 },
    },
  ];
}

/** @param places where VMs are by then, so that chains hold together; empty for sources at random */
function toActions(records: Raw['actions'], places: Map<string, string | null>): Action[] {
  return records.map(({ does, state, follows }, at): Action => {
    const base = {
      id: String(at),
      planId: 'plan',
      state,
      parents: follows && at > 0 ? [String(at - 1)] : [],
      statusMessage: null,
      createdAt: null,
      updatedAt: 30 * 60_000,
    };
    if (does.kind === 'service') {
      const parameters = { resource_name: does.host, state: does.state };
      return { ...base, type: 'change_nova_service_state', parameters };
    }
    const source = places.get(does.vm) ?? does.source;
    if (places.has(does.vm) && state === 'PENDING') places.set(does.vm, does.destination);
    return {
      ...base,
      type: 'migrate',
      parameters: {
        migration_type: does.live ? 'live' : 'cold',
        resource_id: does.vm,
        ...(source === null ? {} : { source_node: source }),
        ...(does.destination === null ? {} : { destination_node: does.destination }),
      },
    };
  });
}
