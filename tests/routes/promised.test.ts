import { describe, expect, it } from 'vitest';
import { auditsSchema } from '@/lib/contract/promised/audits';
import { sourceStatusSchema } from '@/lib/contract/promised/source-status';
import { statsSchema } from '@/lib/contract/promised/stats';
import { hostAt } from '@/lib/simulation/model';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

describe('GET /api/stats/', () => {
  it('has the promised keys and the numbers of the cloud', async () => {
    const { response, body } = await ask('stats');
    const { cloud } = served.simulation;
    expect(response.status).toBe(200);
    expect(Object.keys(body)).toEqual(['region', 'pcpu', 'vcpu', 'pram', 'vram', 'vm', 'flavors']);
    statsSchema.parse(body);
    const placed = cloud.servers.filter((server) => hostAt(server, Date.now()) !== null);
    const reporting = cloud.hosts.filter(({ up }) => up);
    const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
    expect(body.region).toEqual({ name: 'RegionOne', hosts_total: 24 });
    expect(body.pcpu.total).toBe(sum(reporting.map(({ threads }) => threads)));
    expect(body.pcpu.free).toBeCloseTo(body.pcpu.total - body.pcpu.usage, 1);
    expect(body.vcpu.allocated).toBe(sum(placed.map(({ flavor }) => flavor.vcpus)));
    expect(body.vcpu.total).toBe(
      sum(
        cloud.hosts.map(
          (host) => Math.floor((host.threads - host.pinnedCpus - host.reservedCpus) * host.cpuRatio) + host.pinnedCpus,
        ),
      ),
    );
    expect(body.vram.allocated).toBe(sum(placed.map(({ flavor }) => flavor.ramMib * 1_048_576)));
    expect(body.vm).toMatchObject({
      count: 200,
      active: cloud.servers.filter(({ status }) => status === 'ACTIVE').length,
      stopped: cloud.servers.filter(({ status }) => status === 'SHUTOFF').length,
    });
    expect(body.vm.density).toBeCloseTo(placed.length / 24, 2);
    expect(body.vcpu.overcommit_ratio <= body.vcpu.overcommit_max).toBe(body.vcpu.allocated <= body.vcpu.total);
    const counts = new Map<string, number>();
    for (const { flavor } of cloud.servers) counts.set(flavor.name, (counts.get(flavor.name) ?? 0) + 1);
    const [name, most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    expect(body.flavors.first_common_flavor).toEqual({ name, count: most });
    expect(response.headers.get('x-data-state')).toBe('fresh');
    expect(response.headers.get('x-data-unknown')).toBeNull();
    expect(response.headers.get('age')).toMatch(/^\d+$/);
  });

  it('answers an empty region with zeros and null flavors', async () => {
    served.serve({ hosts: 0, servers: 0, audits: 0 });
    const { body } = await ask('stats');
    expect(body.region.hosts_total).toBe(0);
    expect(body.pcpu).toEqual({ total: 0, usage: 0, free: 0, used_percentage: 0 });
    expect(body.vm).toEqual({ count: 0, active: 0, stopped: 0, avg_cpu: 0, avg_ram: 0, density: 0 });
    expect(body.flavors).toEqual({ first_common_flavor: null, second_common_flavor: null, third_common_flavor: null });
  });

  it('has what Placement knows without Prometheus, and lists what is unknown', async () => {
    served.simulation.setFault('prometheus', { status: 500 });
    const { response, body } = await ask('stats');
    const { cloud } = served.simulation;
    expect(response.status).toBe(200);
    expect(response.headers.get('x-data-state')).toBe('partial');
    expect(response.headers.get('x-data-unknown')?.split(' ')).toEqual([
      'pcpu.usage',
      'pcpu.free',
      'pcpu.used_percentage',
      'pram.usage',
      'pram.free',
      'pram.used_percentage',
    ]);
    expect(body.pcpu).toEqual({
      total: cloud.hosts.reduce((all, { threads }) => all + threads, 0),
      usage: 0,
      free: 0,
      used_percentage: 0,
    });
    expect(body.vcpu.allocated).toBeGreaterThan(0);
  });

  it.each(['nova', 'placement', 'keystone'] as const)('answers 503 naming %s when it fails', async (service) => {
    served.simulation.setFault(service, { status: 500 });
    const { response, body } = await ask('stats');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.source.toLowerCase()).toBe(service);
    expect(JSON.stringify(body)).not.toMatch(/cloud\.test|simulated|at .*\.ts/);
  });

  it('is complete without Watcher', async () => {
    served.simulation.setFault('watcher', { status: 500 });
    expect((await ask('stats')).response.headers.get('x-data-state')).toBe('fresh');
  });

  it('keeps the last good numbers while a source fails, marked as stale', async () => {
    served.configure({ DASHBOARD_CACHE_TTL: '1' });
    const before = await ask('stats');
    served.simulation.setFault('nova', { status: 500 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const { response, body } = await ask('stats');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-data-state')).toBe('stale');
    expect(Number(response.headers.get('age'))).toBeGreaterThanOrEqual(1);
    expect(body.vm).toEqual(before.body.vm);
  });

  it('answers 304 to a client that has it already', async () => {
    const { response, text } = await ask('stats');
    const etag = response.headers.get('etag') ?? '';
    const again = await ask('stats', { headers: { 'if-none-match': `W/"other", ${etag}` } });
    expect(text.length).toBeGreaterThan(0);
    expect([again.response.status, again.text]).toEqual([304, '']);
    expect(again.response.headers.get('etag')).toBe(etag);
  });
});

describe('GET /api/audits/', () => {
  it('has the promised form: lists as JSON text in audits, as lists in current_cluster', async () => {
    const { response, body } = await ask('audits');
    expect(Object.keys(body)).toEqual(['audits', 'current_cluster']);
    expect(response.headers.get('x-total-count')).toBe(String(body.audits.length));
    auditsSchema.parse(body);
    for (const audit of body.audits) {
      expect(Object.keys(audit)).toEqual([
        'id',
        'name',
        'created_at',
        'strategy',
        'goal',
        'type',
        'scope',
        'cpu_weight',
        'ram_weight',
        'migrations',
        'host_labels',
        'cpu_current',
        'cpu_projected',
      ]);
      const [labels, current, projected] = ['host_labels', 'cpu_current', 'cpu_projected'].map((key) =>
        JSON.parse(audit[key]),
      );
      expect(current).toHaveLength(labels.length);
      expect(projected).toHaveLength(labels.length);
      for (const value of [...current, ...projected]) expect(value >= 0 && value <= 100).toBe(true);
      expect(Number.isNaN(Date.parse(audit.created_at))).toBe(false);
    }
    const times = body.audits.map(({ created_at }: { created_at: string }) => Date.parse(created_at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(body.current_cluster.host_labels).toHaveLength(23);
    expect(JSON.parse(body.audits[0].host_labels)).toEqual(body.current_cluster.host_labels);
    expect(JSON.parse(body.audits[0].cpu_current)).toEqual(body.current_cluster.cpu_current);
  });

  it('lists migrations with current names, and an empty destination where the scheduler chooses', async () => {
    const { body } = await ask('audits');
    const named = (prefix: string) =>
      JSON.parse(body.audits.find(({ name }: { name: string }) => name.startsWith(prefix)).migrations);
    const [first] = named('stabilize-production');
    expect(Object.keys(first)).toEqual(['instanceName', 'source', 'destination', 'flavor', 'impact']);
    expect(['Low', 'Medium', 'High']).toContain(first.impact);
    const drained = named('maintenance-of');
    expect(drained.length).toBeGreaterThan(0);
    for (const move of drained)
      expect(move).toMatchObject({ source: expect.stringMatching(/^cmp-r/), destination: '' });
    const stabilization = body.audits.find(
      ({ strategy }: { strategy: string }) => strategy === 'workload_stabilization',
    );
    expect([stabilization.cpu_weight, stabilization.ram_weight, stabilization.scope]).toEqual([
      '1',
      '0.5',
      'Full Cluster',
    ]);
    expect(body.audits.find(({ name }: { name: string }) => name === 'goal-alone').strategy).toBe('');
  });

  it('has at most AUDITS_LIMIT audits and the total number in a header', async () => {
    served.configure({ AUDITS_LIMIT: '3' });
    const { response, body } = await ask('audits');
    expect(body.audits).toHaveLength(3);
    expect(Number(response.headers.get('x-total-count'))).toBeGreaterThan(3);
  });

  it('has empty CPU lists without Prometheus', async () => {
    served.simulation.setFault('prometheus', { html: true });
    const { response, body } = await ask('audits');
    expect(response.headers.get('x-data-state')).toBe('partial');
    expect(body.current_cluster).toEqual({ host_labels: [], cpu_current: [] });
    expect(body.audits[0].cpu_projected).toBe('[]');
    expect(JSON.parse(body.audits[0].migrations).length).toBeGreaterThan(0);
  });

  it('answers 503 naming Watcher when it fails', async () => {
    served.simulation.setFault('watcher', { status: 500 });
    const { response, body } = await ask('audits');
    expect([response.status, body.source]).toEqual([503, 'Watcher']);
  });
});

describe('GET /api/source-status/', () => {
  it('reports ok when all services answer', async () => {
    const { body } = await ask('sourceStatus');
    sourceStatusSchema.parse(body);
    expect(body).toEqual({ prometheus: { status: 'ok' }, openstack: { status: 'ok' } });
  });

  it('reports an OpenStack error when one of its services fails, with its name and since when', async () => {
    served.simulation.setFault('watcher', { status: 500 });
    const { response, body } = await ask('sourceStatus');
    expect(response.status).toBe(200);
    expect(body.prometheus).toEqual({ status: 'ok' });
    expect(body.openstack).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^Watcher returned 500.* Since \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/),
    });
    const { body: each } = await ask('sources');
    expect(each.sources.filter(({ status }: { status: string }) => status === 'error')).toHaveLength(1);
  });

  it('answers 200 even if nothing is configured', async () => {
    served.configure({ OS_AUTH_URL: undefined, PROMETHEUS_URL: undefined });
    const { response, body } = await ask('sourceStatus');
    expect(response.status).toBe(200);
    expect(body.openstack.status).toBe('error');
    expect(body.openstack.message).toContain('not configured');
  });
});
