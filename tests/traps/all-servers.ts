import { randomUUID } from 'node:crypto';
import type { Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { copies, domainVm, GIB, libvirtVm, meteredVm, type NamedSeries, withMemory } from '../wild/series';

/** Fleets of VMs whose use has to be the same whether all of them are read at once or one by one. */

/** Ids that begin with all kinds of digits. */
const idOf = (i: number): string =>
  `${((i * 7) % 16).toString(16)}0000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const IDS = Array.from({ length: 12 }, (_, i) => idOf(i));
const each = (build: (id: string, i: number) => NamedSeries[]) => IDS.flatMap(build);
const MINUTE = 60_000;

export const ALL_SERVERS: [string, (now: number) => NamedSeries[]][] = [
  [
    'id on every series',
    () => each((id, i) => withMemory(libvirtVm(id, { cores: i / 4 }), { total: 4 * GIB, free: GIB })),
  ],
  ['Ceilometer', () => each((id, i) => meteredVm(id, { cores: i / 4 }))],
  ['inovex', () => each((id, i) => withMemory(domainVm(id, { cores: i / 4 }), { total: 4 * GIB, free: GIB }))],
  [
    'inovex on two hosts with equal domains',
    () =>
      each((id, i) =>
        domainVm(id, { cores: i / 4, labels: { domain: `instance-${i >> 1}`, instance: `kvm0${i % 2}:9177` } }),
      ),
  ],
  [
    'Tinkoff',
    () => each((id, i) => domainVm(id, { cores: i / 4, naming: { name: 'libvirt_domain_info_meta', label: 'uuid' } })),
  ],
  [
    'one of them replicas',
    () =>
      copies(
        each((id, i) => libvirtVm(id, { cores: i / 4 })),
        { replica: 'a' },
        { replica: 'b' },
      ),
  ],
  [
    'inovex with replicas',
    () =>
      copies(
        each((id, i) => domainVm(id, { cores: i / 4 })),
        { prometheus_replica: 'a' },
        { prometheus_replica: 'b' },
      ),
  ],
  [
    'inovex in two regions',
    () => [
      ...copies(
        each((id, i) => domainVm(id, { cores: i / 4 })),
        { region: 'north' },
      ),
      ...copies(
        each((id) => domainVm(`x${id.slice(1)}`, { cores: 3, labels: { domain: `instance-${id.slice(-8)}` } })),
        { region: 'south' },
      ),
    ],
  ],
  [
    'a label on the counters alone',
    () =>
      each((id, i) =>
        domainVm(id, { cores: i / 4 }).map((one) =>
          one.name.endsWith('_total') ? { ...one, labels: { ...one.labels, replica: 'a' } } : one,
        ),
      ),
  ],
  ['younger than the window', (now) => each((id, i) => libvirtVm(id, { cores: i / 4, from: now - (i + 1) * MINUTE }))],
  [
    'moved within the window',
    (now) =>
      each((id, i) => [
        ...domainVm(id, { cores: i / 4, until: now - 2 * MINUTE, labels: { instance: 'kvm01:9177' } }),
        ...domainVm(id, { cores: i / 4, from: now - 2 * MINUTE, labels: { instance: 'kvm02:9177' } }),
      ]),
  ],
  [
    'gone, or with a single sample',
    (now) =>
      each((id, i) =>
        i % 4 === 0
          ? libvirtVm(id, { cores: 1, until: now - MINUTE })
          : libvirtVm(id, { cores: 1, from: i % 4 === 1 ? now - 5_000 : 0 }),
      ),
  ],
  [
    'a trial beside Ceilometer',
    () => each((id, i) => [...meteredVm(id, { cores: i / 4 }), ...(i < 2 ? libvirtVm(id, { cores: 5 }) : [])]),
  ],
  [
    'two VMs with one domain',
    () =>
      each((id, i) => domainVm(id, { cores: i / 4, labels: i < 2 ? { domain: 'instance-x' } : {} })).filter(
        // A store has each series once.
        ({ name, labels }, i) => i > 2 || labels.domain !== 'instance-x' || name.endsWith('_info') || i === 0,
      ),
  ],
  [
    'guests without a balloon driver',
    () =>
      each((id, i) =>
        withMemory(libvirtVm(id, { cores: 1 }), i % 2 === 0 ? { total: 0, free: 0 } : { total: Number.NaN, free: GIB }),
      ),
  ],
];

/** More ids than are ever read one by one; almost all of them are of VMs that nobody reports. */
const MANY = Array.from({ length: 2_500 }, () => randomUUID());

/** The use of the fleet's VMs among thousands, in as many parts as a large cloud needs, and alone. */
export async function readBothWays(prometheus: Prometheus, at: number) {
  const found = await discoverExporters(prometheus, settings);
  const exporters = { ...found, servers: found.servers.map((source) => ({ ...source, known: 50_000 })) };
  const metrics = { prometheus, settings, exporters };
  const read = async (ids: string[]) => {
    const use = await listServerUse(metrics, ids, { at });
    return new Map([...use].sort().map(([id, { cores, memoryBytes }]) => [id, { cores: round(cores), memoryBytes }]));
  };
  return { all: await read([...IDS, ...MANY]), each: await read(IDS) };
}

const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);
