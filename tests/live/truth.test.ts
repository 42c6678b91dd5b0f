import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocations, coresOfVms, perHost, sumsOver, WINDOW } from './expected';
import { get } from './product';
import { openRaw, type Raw } from './raw';
import { Tally } from './tally';

/** Compares what the dashboard shows, field by field, with the cloud's own responses, read and computed anew. */

const NOVA = '2.53';
type Row = Record<string, unknown>;

let raw: Raw;
let hypervisors: Row[];
let servers: Row[];
const total = new Tally();

const name = (hypervisor: Row) => String((hypervisor.service as Row).host);
/** Some strategies name hosts by their hypervisor's id. */
const nodeOf = (node: unknown) => {
  const named = hypervisors.find(({ id }) => id === node);
  return named ? name(named) : (node ?? null);
};
const hostOf = (server: Row) => server['OS-EXT-SRV-ATTR:host'] as string | null;
const seconds = (at: number | null) => (at ?? Date.now()) / 1000;

beforeAll(async () => {
  raw = await openRaw();
  hypervisors = (await raw.get('compute', '/os-hypervisors/detail', NOVA)).hypervisors as Row[];
  servers = await raw.list('compute', '/servers/detail?all_tenants=1', { key: 'servers', version: NOVA });
});

afterAll(() => {
  process.stdout.write(`${total.compared} fields compared, ${total.differences.length} differ\n`);
});

describe('the numbers of the configured cloud', () => {
  it('are those of Nova, Placement and Prometheus in /api/stats/', async () => {
    const tally = new Tally();
    const stats = await get('stats');
    const overview = await get('overview');
    const at = seconds(overview.readings.load.as_of);
    const hosts = hypervisors.map(name);
    tally.same('region.name', stats.region.name, raw.region);
    tally.same('region.hosts_total', stats.region.hosts_total, hosts.length);

    const placed = servers.filter(hostOf);
    const status = (wanted: string) => servers.filter((server) => server.status === wanted).length;
    tally.same('vm.count', stats.vm.count, servers.length);
    tally.same('vm.active', stats.vm.active, status('ACTIVE'));
    tally.same('vm.stopped', stats.vm.stopped, status('SHUTOFF'));
    tally.near('vm.density', stats.vm.density, { theirs: [placed.length / hosts.length], step: 0.01 });

    const rows = [...(await allocations(raw)).values()];
    for (const [field, key] of [
      ['vcpu', 'vcpu'],
      ['vram', 'vram'],
    ] as const) {
      const of = (what: 'capacity' | 'base' | 'used') => rows.reduce((all, row) => all + row[key][what], 0);
      const ours = stats[field];
      tally.same(`${field}.total`, ours.total, of('capacity'));
      tally.same(`${field}.allocated`, ours.allocated, of('used'));
      tally.same(`${field}.free`, ours.free, of('capacity') - of('used'));
      tally.near(`${field}.allocated_percentage`, ours.allocated_percentage, {
        theirs: [(100 * of('used')) / of('capacity')],
        step: 0.1,
      });
      tally.near(`${field}.overcommit_ratio`, ours.overcommit_ratio, { theirs: [of('used') / of('base')], step: 0.01 });
      tally.near(`${field}.overcommit_max`, ours.overcommit_max, { theirs: [of('capacity') / of('base')], step: 0.01 });
    }
    const used = (key: 'vcpu' | 'vram') => rows.reduce((all, row) => all + row[key].used, 0) / placed.length;
    tally.near('vm.avg_cpu', stats.vm.avg_cpu, { theirs: [used('vcpu')], step: 0.01 });
    tally.near('vm.avg_ram', stats.vm.avg_ram, { theirs: [used('vram')], step: 1 });

    const flavors = new Map<string, number>();
    for (const { flavor } of servers) {
      const known = String((flavor as Row).original_name);
      flavors.set(known, (flavors.get(known) ?? 0) + 1);
    }
    const most = [...flavors].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3);
    ['first', 'second', 'third'].forEach((rank, index) => {
      const [flavor, count] = most[index] ?? [];
      const ours = stats.flavors[`${rank}_common_flavor` as keyof typeof stats.flavors];
      tally.same(`flavors.${rank}`, ours, flavor === undefined ? null : { name: flavor, count });
    });

    const sums = (promql: string) => sumsOver(hosts, { raw, promql, at });
    const cpus = await sums('count by (instance) (node_cpu_seconds_total{mode="idle"})');
    const busy = await sums(`sum by (instance) (1 - rate(node_cpu_seconds_total{mode="idle"}[${WINDOW}]))`);
    tally.same('pcpu.total', stats.pcpu.total, cpus[0]);
    tally.near('pcpu.usage', stats.pcpu.usage, { theirs: busy, step: 0.1 });
    tally.near('pcpu.free', stats.pcpu.free, { theirs: busy.map((one) => (cpus[0] ?? 0) - one), step: 0.2 });
    const percentages = busy.map((one) => (100 * one) / (cpus[0] ?? 1));
    tally.near('pcpu.used_percentage', stats.pcpu.used_percentage, { theirs: percentages, step: 0.1 });
    const ram = await sums('max by (instance) (node_memory_MemTotal_bytes)');
    const inUse = await sums('max by (instance) (node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)');
    tally.same('pram.total', stats.pram.total, ram[0]);
    tally.near('pram.usage', stats.pram.usage, { theirs: inUse, step: 1 });
    tally.near('pram.free', stats.pram.free, { theirs: inUse.map((one) => (ram[0] ?? 0) - one), step: 1 });
    tally.near('pram.used_percentage', stats.pram.used_percentage, {
      theirs: inUse.map((one) => (100 * one) / (ram[0] ?? 1)),
      step: 0.1,
    });
    keep(tally);
  });

  it('are those of Nova, Placement and Prometheus for each host', async () => {
    const tally = new Tally();
    const { hosts, readings } = await get('hosts', '?limit=1000');
    const at = seconds(readings.load.as_of);
    const share = await perHost(
      raw,
      `avg by (instance) (1 - rate(node_cpu_seconds_total{mode="idle"}[${WINDOW}])) * 100`,
      at,
    );
    const cpus = await perHost(raw, 'count by (instance) (node_cpu_seconds_total{mode="idle"})', at);
    const ram = await perHost(
      raw,
      'max by (instance) (node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)',
      at,
    );
    const placement = await allocations(raw);
    tally.same('hosts', hosts.map((host) => host.name).sort(), hypervisors.map(name).sort());
    for (const hypervisor of hypervisors) {
      const host = hosts.find((one) => one.name === name(hypervisor));
      if (!host) continue;
      const field = (key: string) => `${host.name}.${key}`;
      tally.same(field('hypervisor_hostname'), host.hypervisor_hostname, hypervisor.hypervisor_hostname);
      tally.same(field('state'), host.state, hypervisor.state);
      tally.same(field('status'), host.status, hypervisor.status);
      const vms = servers.filter((server) => hostOf(server) === host.name);
      tally.same(field('vms'), host.vms, vms.length);
      const numbers = placement.get(host.hypervisor_hostname);
      tally.same(field('vcpu.capacity'), host.vcpu?.capacity ?? null, numbers?.vcpu.capacity ?? null);
      tally.same(field('vcpu.allocated'), host.vcpu?.allocated ?? null, numbers?.vcpu.used ?? null);
      tally.same(field('vram.capacity'), host.vram?.capacity ?? null, numbers?.vram.capacity ?? null);
      tally.same(field('vram.allocated'), host.vram?.allocated ?? null, numbers?.vram.used ?? null);
      tally.same(field('cpu.total'), host.cpu.total, cpus.get(host.name)?.[0] ?? null);
      tally.near(field('cpu.used_percentage'), host.cpu.used_percentage, {
        theirs: share.get(host.name) ?? [],
        step: 0.1,
      });
      tally.near(field('ram.used'), host.ram.used, { theirs: ram.get(host.name) ?? [], step: 1 });
      const { servers: shown, vm_use: use } = await get('host', '', { name: host.name });
      const cores = await coresOfVms(raw, seconds(use.as_of));
      tally.same(field('servers'), shown.map(({ id }) => id).sort(), vms.map(({ id }) => id).sort());
      for (const vm of shown) {
        const server = vms.find(({ id }) => id === vm.id);
        tally.same(`${vm.id}.name`, vm.name, server?.name);
        tally.same(`${vm.id}.status`, vm.status, server?.status);
        tally.same(`${vm.id}.flavor`, vm.flavor, (server?.flavor as Row | undefined)?.original_name);
        tally.near(`${vm.id}.cpu_cores`, vm.cpu_cores, { theirs: cores.get(vm.id) ?? [], step: 0.1 });
        tally.same(`${vm.id}.project_id`, vm.project_id, server?.tenant_id);
      }
    }
    keep(tally);
  });

  it('are those of Watcher for each audit, plan and move', async () => {
    const tally = new Tally();
    const { audits: promised } = await get('audits');
    const audits = await raw.list('infra-optim', '/v1/audits/detail', { key: 'audits', version: '1.1' });
    const plans = await raw.list('infra-optim', '/v1/action_plans/detail', { key: 'action_plans', version: '1.1' });
    const actions = await raw.list('infra-optim', '/v1/actions/detail', { key: 'actions', version: '1.1' });
    const { audits: list } = await get('auditList', '?limit=1000');
    tally.same('audits', promised.map(({ id }) => id).sort(), audits.map(({ uuid }) => uuid).sort());
    for (const audit of audits) {
      const id = String(audit.uuid);
      const ours = promised.find((one) => one.id === id);
      const typed = list.find((one) => one.id === id);
      if (!ours || !typed) continue;
      tally.same(`${id}.name`, ours.name, audit.name);
      tally.same(`${id}.goal`, ours.goal, audit.goal_name);
      tally.same(`${id}.strategy`, ours.strategy, audit.strategy_name ?? '');
      tally.same(`${id}.type`, ours.type, audit.audit_type);
      tally.same(`${id}.state`, typed.state, audit.state);
      tally.same(`${id}.created_at`, Date.parse(ours.created_at), Date.parse(String(audit.created_at)));

      const own = plans.filter((plan) => plan.audit_uuid === id);
      tally.same(`${id}.plans`, typed.plans, own.length);
      const detail = await get('audit', '', { id });
      for (const plan of own) {
        const shown = detail.plans.find((one) => one.id === plan.uuid);
        tally.same(`${plan.uuid}.state`, shown?.state, plan.state);
      }
      const shown = own.find(({ uuid }) => uuid === typed.plan?.id);
      const moves = actions.filter(
        (action) => action.action_plan_uuid === shown?.uuid && action.action_type === 'migrate',
      );
      tally.same(`${id}.migrations`, ours.migrations.length, shown ? moves.length : 0);
      for (const move of detail.migrations) {
        const action = moves.find(({ uuid }) => uuid === move.action_id);
        const input = (action?.input_parameters ?? {}) as Row;
        const server = servers.find((one) => one.id === input.resource_id);
        tally.same(`${move.action_id}.state`, move.state, action?.state);
        tally.same(`${move.action_id}.server`, move.vm_id, input.resource_id);
        tally.same(`${move.action_id}.source`, move.source, nodeOf(input.source_node));
        tally.same(`${move.action_id}.destination`, move.destination, nodeOf(input.destination_node));
        tally.same(`${move.action_id}.type`, move.migration_type, input.migration_type);
        if (server) tally.same(`${move.action_id}.name`, move.vm_name, server.name);
      }
      const isMovesOnly = detail.waves.flat().every(({ type }) => type === 'migrate');
      if (typed.plan?.state !== 'RECOMMENDED' || !isMovesOnly || detail.projection === null) continue;
      // Cores of the VMs that come and go, in points of each host.
      for (const host of detail.projection.hosts) {
        const counted = detail.migrations.filter(
          // Where the scheduler chooses the destination, the VM leaves its source all the same.
          ({ projected, problem, source, destination }) =>
            (projected || problem === 'no-destination') && [source, destination].includes(host.host),
        );
        const change = counted.reduce(
          (sum, { destination, cpu_cores }) => sum + (destination === host.host ? 1 : -1) * (cpu_cores ?? 0),
          0,
        );
        const after =
          host.cpu_now === null || host.logical_cpus === null
            ? []
            : [host.cpu_now + (100 * change) / host.logical_cpus];
        // Cores have one decimal here.
        const step = 0.2 + (10 * counted.length) / (host.logical_cpus ?? 1);
        tally.near(`${id}.${host.host}.cpu_after`, host.cpu_after, { theirs: after, step });
      }
    }
    keep(tally);
  });
});

/** Adds to the sum of all and fails on the first differences. */
function keep(tally: Tally): void {
  total.compared += tally.compared;
  total.differences.push(...tally.differences);
  expect(tally.compared).toBeGreaterThan(0);
  expect(tally.differences.slice(0, 20)).toEqual([]);
}
