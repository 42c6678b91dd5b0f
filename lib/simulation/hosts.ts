import type { SimAggregate, SimHost } from './model';
import type { Random } from './random';

const RACK_SIZE = 12;

/** Sizes of machines, from common to rare: logical CPUs and GiB of RAM. */
const MACHINES: [{ threads: number; ramGib: number }, ...{ threads: number; ramGib: number }[]] = [
  { threads: 64, ramGib: 512 },
  { threads: 64, ramGib: 512 },
  { threads: 96, ramGib: 768 },
  { threads: 128, ramGib: 1024 },
];

/** Hosts in racks of twelve, which alternate between two zones. Of 24 hosts, one is disabled, one down, and two pin CPUs. */
export function buildHosts(count: number, random: Random): SimHost[] {
  return Array.from({ length: count }, (_, i): SimHost => {
    const rack = String(Math.floor(i / RACK_SIZE) + 1).padStart(2, '0');
    const name = `cmp-r${rack}-${String((i % RACK_SIZE) + 1).padStart(2, '0')}`;
    const { threads, ramGib } = random.pick(MACHINES);
    const disabled = count > 3 && i % 24 === 9;
    return {
      id: random.uuid(),
      serviceId: random.uuid(),
      name,
      fqdn: `${name}.sim.example`,
      ip: `10.20.${Math.floor(i / 200)}.${10 + (i % 200)}`,
      threads,
      ramMib: ramGib * 1024,
      diskGib: 8000,
      reservedMib: random.pick([4096, 8192]),
      reservedCpus: random.pick([0, 0, 2, 4]),
      pinnedCpus: count > 3 && i % 12 === 5 ? 24 : 0,
      cpuRatio: random.pick([4, 4, 4, 2.5]),
      ramRatio: random.pick([1, 1, 1.2]),
      enabled: !disabled,
      disabledReason: disabled ? 'DIMM replacement, ticket 4711' : null,
      up: !(count > 3 && i % 24 === 20),
      zone: Number(rack) % 2 ? 'az-a' : 'az-b',
    };
  });
}

/** Three machines that run node_exporter but are not compute hosts. */
export function buildControllers(random: Random): SimHost[] {
  return buildHosts(3, random).map((host, i) => ({
    ...host,
    name: `ctl-${i + 1}`,
    fqdn: `ctl-${i + 1}.sim.example`,
    ip: `10.10.0.${i + 1}`,
  }));
}

/** One aggregate per zone and one across both, since a host can be in several. */
export function buildAggregates(hosts: SimHost[], random: Random): SimAggregate[] {
  const inZone = (zone: string) => hosts.filter((host) => host.zone === zone);
  const aggregates: Omit<SimAggregate, 'uuid'>[] = [
    { id: 1, name: 'zone-a', metadata: { availability_zone: 'az-a' }, hosts: inZone('az-a') },
    { id: 2, name: 'zone-b', metadata: { availability_zone: 'az-b' }, hosts: inZone('az-b') },
    {
      id: 3,
      name: 'dedicated-cpu',
      metadata: { pinned: 'true' },
      hosts: hosts.filter(({ pinnedCpus }) => pinnedCpus > 0),
    },
  ];
  return aggregates.map((aggregate) => ({ ...aggregate, uuid: random.uuid() }));
}
