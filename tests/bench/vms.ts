import { joinCluster } from '@/lib/domain/cluster/cluster';
import { groupServers } from '@/lib/domain/cluster/server-groups';
import { find } from '@/lib/domain/vms/finder';
import { describeVm, pageOfVms, selectVms, type VmFacts, type VmSelection } from '@/lib/domain/vms/vm-list';
import type { Server } from '@/lib/openstack/records';

/**
 * What a search among 50,000 VMs costs: `npx tsx --expose-gc tests/bench/vms.ts`. Prints the median and the worst of many
 * runs in time of the processor, so that other programs don't count; the size of a page, and the memory that addresses take.
 */

const VMS = 50_000;
const HOSTS = 1_000;
const PROJECTS = 600;
const RUNS = 40;

const hex = (i: number, length: number) =>
  ((i * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0').repeat(5).slice(0, length);
const idOf = (i: number) =>
  `${hex(i, 8)}-${i.toString(16).padStart(4, '0').slice(-4)}-4abc-9def-${i.toString(16).padStart(12, '0')}`;
const addressOf = (i: number) =>
  `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255} 203.0.${(i >> 8) & 255}.${i & 255}`;
const hostOf = (i: number) => `cmp-r${String(i % 40).padStart(2, '0')}-${String(i % HOSTS).padStart(4, '0')}`;
const flavors = Array.from({ length: 40 }, (_, i) => ({
  name: `m1.size-${i}`,
  vcpus: 1 + (i % 16),
  ramBytes: 2 ** 30 * (1 + (i % 64)),
  diskBytes: 0,
  extraSpecs: {},
}));

const serverAt = (i: number): Server => ({
  id: idOf(i),
  name: `${['web', 'db', 'cache', 'k8s-worker', 'ci-runner'][i % 5]}-${i}`,
  status: 'ACTIVE',
  taskState: null,
  host: hostOf(i),
  projectId: hex(i % PROJECTS, 32),
  flavor: flavors[i % flavors.length] ?? null,
  availabilityZone: 'nova',
  locked: false,
  createdAt: i,
  updatedAt: i,
});

function heapMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const before = heapMib();
const plain = Array.from({ length: VMS }, (_, i) => serverAt(i));
const bare = heapMib();
for (const [i, server] of plain.entries()) server.addresses = Buffer.from(addressOf(i)).toString();
const addressed = heapMib();
console.log(
  `${VMS} VMs: ${(bare - before).toFixed(1)} MiB; their addresses: ${(addressed - bare).toFixed(1)} MiB more`,
);

const hypervisors = Array.from({ length: HOSTS }, (_, i) => ({
  id: hex(i, 36),
  host: hostOf(i),
  hypervisorHostname: `${hostOf(i)}.example`,
  type: 'QEMU',
  hostIp: null,
  state: 'up' as const,
  status: 'enabled' as const,
  disabledReason: null,
  vcpus: null,
  memoryBytes: null,
  guests: null,
}));
const names = Array.from({ length: PROJECTS }, (_, i) => ({ id: hex(i, 32), name: `project-${i}`, domain: 'Default' }));
const facts: VmFacts = {
  cluster: joinCluster({
    hypervisors,
    servers: groupServers(plain),
    allocations: null,
    targets: null,
    hostLabels: [],
    hostAliases: {},
    projects: { byId: new Map(names.map((project) => [project.id, project])), reason: '' },
  }),
  limits: { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } },
  marks: { tags: ['pinned'], projects: [], flavors: [] },
  moves: { history: { as_of: 1, since: 0, reason: null }, byVm: new Map() },
  planned: new Map(),
};

const ALL: VmSelection = { search: '', show: 'all', project: undefined, sort: 'name', order: 'asc' };
const millis = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

const CASES: [what: string, selection: Partial<VmSelection>, offset: number][] = [
  ['no search, first page by name', {}, 0],
  ['no search, by project', { sort: 'project' }, 0],
  ['one letter', { search: 'w' }, 0],
  ['a name', { search: 'web-4242' }, 0],
  ['an id', { search: idOf(31_337) }, 0],
  ['an address', { search: addressOf(777).split(' ')[1] ?? '' }, 0],
  ['a host', { search: 'cmp-r07-0047' }, 0],
  ['a project and a flavor', { search: 'project-12 m1.size-2' }, 0],
  ['nothing found', { search: 'web-9x' }, 0],
  ['a page in the middle by name', {}, VMS / 2],
  ['the last page by name', {}, VMS - 250],
  ['the last page by project', { sort: 'project' }, VMS - 250],
];

for (const [what, selection, offset] of CASES) {
  const times: number[] = [];
  let text = '';
  let total = 0;
  for (let run = 0; run < RUNS; run++) {
    const begun = process.cpuUsage();
    const { found } = selectVms(facts, { ...ALL, ...selection });
    const page = pageOfVms(found, facts, { ...ALL, ...selection, offset, limit: 250 });
    const vms = page.map((server) => describeVm(server, facts));
    times.push(millis(process.cpuUsage(begun)));
    text = JSON.stringify(vms);
    total = found.length;
  }
  times.sort((a, b) => a - b);
  const median = times[RUNS / 2] ?? 0;
  console.log(
    `${what}: ${median.toFixed(1)} ms, worst ${(times.at(-1) ?? 0).toFixed(1)} ms; ${total} found, page of 250: ${Math.round(text.length / 1000)} kB`,
  );
}

for (const search of ['w', 'web-4242', addressOf(777).split(' ')[1] ?? '', 'web-9x']) {
  const times = Array.from({ length: RUNS }, () => {
    const begun = process.cpuUsage();
    find({ ...facts, cases: [] }, search);
    return millis(process.cpuUsage(begun));
  }).sort((a, b) => a - b);
  console.log(`finder, ${search}: ${(times[RUNS / 2] ?? 0).toFixed(1)} ms, worst ${(times.at(-1) ?? 0).toFixed(1)} ms`);
}
