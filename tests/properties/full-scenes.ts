import fc from 'fast-check';
import type { Scene } from '@/lib/contract/v1/scene';
import { host, move, room, scene, vm } from '../domain/review/scene';

/** Scenes of hosts that are nearly full, so that moves depend on others that make room for them or come along. */

const HOSTS = ['a', 'b', 'c', 'd'];
const POLICIES = ['none', 'anti-affinity', 'affinity'] as const;

const record = fc.record({
  /** vCPUs left on each host. */
  left: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: HOSTS.length, maxLength: HOSTS.length }),
  cpu: fc.array(fc.integer({ min: 20, max: 95 }), { minLength: HOSTS.length, maxLength: HOSTS.length }),
  policy: fc.constantFrom(...POLICIES),
  moves: fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: HOSTS.length - 1 }),
      hop: fc.integer({ min: 1, max: HOSTS.length - 1 }),
      /** All of them together use no more than a host does. */
      cores: fc.double({ min: 0, max: 2, noNaN: true }),
      wave: fc.integer({ min: 1, max: 4 }),
      grouped: fc.boolean(),
    }),
    { maxLength: 9 },
  ),
});

/** VMs have 4 vCPUs. */
export const fullScenes: fc.Arbitrary<Scene> = record.map(({ left, cpu, policy, moves }) => {
  const hosts = HOSTS.map((name, at) =>
    host(name, cpu[at] ?? 50, {
      vms: 9,
      running: 9,
      inventories: { VCPU: room(100, 100 - (left[at] ?? 0)), MEMORY_MB: room(1_024_000, 409_600) },
    }),
  );
  const sorted = moves.toSorted((one, other) => one.wave - other.wave);
  const group = { id: 'g', name: 'g', policy, max_per_host: 1 };
  const nameOf = (index: number) => HOSTS[index % HOSTS.length] ?? 'a';
  const vms = sorted.map(({ from, cores, grouped }, at) =>
    vm(`v${at}`, nameOf(from), { cores, groups: grouped && policy !== 'none' ? ['g'] : [] }),
  );
  const members = vms.flatMap(({ id, host: on, groups }) => (groups.length > 0 ? [{ id, host: on }] : []));
  return scene({
    hosts,
    vms,
    groups: members.length === 0 ? [] : [{ ...group, members }],
    steps: sorted.map(({ from, hop, wave }, at) => move(`v${at}`, nameOf(from), nameOf(from + hop), { wave })),
  });
});
