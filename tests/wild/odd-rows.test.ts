import { describe, expect, it } from 'vitest';
import { ask, forget, servedCloud } from '../routes/served-cloud';
import { alter, type Json } from './altered';

/** One odd row loses itself or one of its fields, is counted and named, and costs nothing else. */

const served = servedCloud({ hosts: 6, servers: 40, audits: 4 });

async function look() {
  const [stats, overview] = [await ask('stats'), await ask('overview')];
  await ask('auditList');
  const { sources } = (await ask('sources')).body;
  return {
    stats,
    overview: overview.body,
    unreadable: Object.fromEntries(sources.map(({ name, unreadable }: Json) => [name, unreadable])),
    failing: sources.flatMap(({ name, status }: Json) => (status === 'error' ? [name] : [])),
  };
}

const rowsCheck = async (): Promise<Json> =>
  (await ask('doctor')).body.checks.find(({ id }: Json) => id === 'unreadable');

const SERVERS = /\/servers\/detail$/;

describe('a VM whose flavor can’t be read', () => {
  it.each<[string, unknown]>([
    ['an empty one, as Nova sends for a lost record', {}],
    ['one without sizes', { original_name: 'big', extra_specs: {} }],
    ['one with null for its vCPUs', { original_name: 'big', vcpus: null, ram: 1, disk: 1 }],
    ['one with a negative disk', { original_name: 'big', vcpus: 1, ram: 1, disk: -1 }],
    ['a text', 'big'],
    ['a list', []],
  ])('keeps the VM, with an unknown flavor: %s', async (_, flavor) => {
    let broken: Json = null;
    alter(served, SERVERS, ({ servers }) => {
      [broken] = servers;
      broken.flavor = flavor;
    });
    const { stats, overview, unreadable, failing } = await look();
    expect([stats.response.status, stats.body.vm.count, failing]).toEqual([200, 40, []]);
    expect(overview.flavors.reduce((sum: number, { count }: Json) => sum + count, 0)).toBe(39);
    expect(unreadable.Nova).toEqual([expect.objectContaining({ request: 'servers/detail', lost: 'field', count: 1 })]);
    expect(unreadable.Nova[0].field).toMatch(/^flavor/);
    expect(unreadable.Nova[0].example).toContain(broken.name);
    const host = await ask('host', { params: { name: broken['OS-EXT-SRV-ATTR:host'] } });
    const row = host.body.servers.find(({ id }: Json) => id === broken.id);
    expect(row).toMatchObject({ flavor: null, vcpus: null, ram: null, status: broken.status });
  });

  it('keeps it if the flavor came to null below 2.47, where a VM has only the id of its flavor', async () => {
    alter(served, /\/v2\.1\/$/, (json) => {
      json.version.version = '2.40';
    });
    alter(served, SERVERS, ({ servers }) => {
      servers[0].flavor = {};
    });
    const { stats, unreadable } = await look();
    expect(stats.body.vm.count).toBe(40);
    expect(unreadable.Nova).toEqual([expect.objectContaining({ field: 'flavor.id', count: 1 })]);
  });

  it('appears in the doctor, with the VM’s name', async () => {
    alter(served, SERVERS, ({ servers }) => {
      servers[0].flavor = {};
      servers[0].name = 'old-1';
    });
    expect(await rowsCheck()).toMatchObject({
      status: 'warning',
      details: [expect.stringMatching(/^Nova, servers\/detail: flavor\.\w+ unknown in 1 row; for example old-1:/)],
    });
  });
});

describe('a resource class that can’t be read', () => {
  const DISK = { total: 2000, reserved: 10, min_unit: 1, max_unit: 2000, step_size: 1, allocation_ratio: 9_999_999.0 };

  it.each<[string, Json]>([
    ['a ratio that means that nobody counts it', DISK],
    ['a ratio of 1e308', { ...DISK, allocation_ratio: 1e308 }],
    ['a total beyond any disk', { ...DISK, total: 1e15 }],
    ['null', null],
  ])('is left out by name, and the other classes of the host count: %s', async (_, odd) => {
    const before = (await look()).stats.body;
    forget();
    const [host] = served.simulation.cloud.hosts;
    alter(served, new RegExp(`/${host?.id}/inventories$`), ({ inventories }) => {
      inventories.DISK_GB = odd;
    });
    // Without an exporter that repeats them, Placement is asked for all inventories.
    served.configure({ METRICS_OPENSTACK_SELECTOR: 'job="none"' });
    const { stats, unreadable, failing } = await look();
    expect([stats.response.status, failing]).toEqual([200, []]);
    expect([stats.body.vcpu, stats.body.vram]).toEqual([before.vcpu, before.vram]);
    expect(unreadable.Placement).toEqual([expect.objectContaining({ request: 'inventories', lost: 'row', count: 1 })]);
    expect(unreadable.Placement[0].example).toContain(`${host?.fqdn} DISK_GB`);
  });

  it('makes the host’s vCPUs unknown if it is one of theirs, instead of counting the rest as all', async () => {
    const [host] = served.simulation.cloud.hosts;
    alter(served, new RegExp(`/${host?.id}/inventories$`), ({ inventories }) => {
      inventories.PCPU = { ...inventories.VCPU, allocation_ratio: 1 };
      inventories.VCPU.allocation_ratio = 'none';
    });
    served.configure({ METRICS_OPENSTACK_SELECTOR: 'job="none"' });
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    expect(body.host.vcpu).toBeNull();
    expect(body.host.vram).not.toBeNull();
  });

  it('counts as unknown if only its usage can’t be read, never as unused', async () => {
    const [host] = served.simulation.cloud.hosts;
    alter(served, /\/allocation_candidates$/, ({ provider_summaries: summaries }) => {
      summaries[host?.id ?? ''].resources.VCPU.used = -1;
    });
    const { unreadable } = await look();
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    expect(body.host.vcpu).toBeNull();
    expect(unreadable.Placement[0]).toMatchObject({ request: 'allocation_candidates', field: 'used' });
    expect(unreadable.Placement[0].example).toContain(`${host?.fqdn} VCPU`);
  });
});

describe('a row of any list', () => {
  const CASES: [string, string, RegExp, (json: Json) => void, { lost: string; field: string | null }][] = [
    ['Nova', 'a VM that is null', SERVERS, ({ servers }) => servers.splice(0, 1, null), { lost: 'row', field: null }],
    ['Nova', 'a VM without id', SERVERS, ({ servers }) => delete servers[0].id, { lost: 'row', field: 'id' }],
    [
      'Nova',
      'an impossible time',
      SERVERS,
      ({ servers }) => Object.assign(servers[0], { updated: '?' }),
      { lost: 'field', field: 'updated' },
    ],
    [
      'Nova',
      'a host with a text for its CPUs',
      /\/os-hypervisors\/detail$/,
      ({ hypervisors }) => Object.assign(hypervisors[0], { vcpus: 'many' }),
      { lost: 'field', field: 'vcpus' },
    ],
    [
      'Nova',
      'a host without name',
      /\/os-hypervisors\/detail$/,
      ({ hypervisors }) => delete hypervisors[0].hypervisor_hostname,
      { lost: 'row', field: 'hypervisor_hostname' },
    ],
    [
      'Watcher',
      'an audit of an unknown time',
      /\/audits\/detail$/,
      ({ audits }) => Object.assign(audits[0], { created_at: null }),
      { lost: 'row', field: 'created_at' },
    ],
    [
      'Watcher',
      'an audit whose interval is an object',
      /\/audits\/detail$/,
      ({ audits }) => Object.assign(audits[0], { interval: {} }),
      { lost: 'field', field: 'interval' },
    ],
    [
      'Watcher',
      'a plan without state',
      /\/action_plans\/detail$/,
      ({ action_plans }) => delete action_plans[0].state,
      { lost: 'row', field: 'state' },
    ],
    [
      'Watcher',
      'a plan with indicators in a text',
      /\/action_plans\/detail$/,
      ({ action_plans }) => Object.assign(action_plans[0], { efficacy_indicators: '[]' }),
      { lost: 'field', field: 'efficacy_indicators' },
    ],
    [
      'Watcher',
      'an action with parameters in a list',
      /\/actions\/detail$/,
      ({ actions: [first] }) => first && Object.assign(first, { input_parameters: [] }),
      { lost: 'field', field: 'input_parameters' },
    ],
  ];

  it.each(CASES)('%s: %s is counted and named, and no reading fails', async (source, _, address, change, loss) => {
    alter(served, address, (json) => void change(json));
    const { stats, unreadable, failing } = await look();
    expect([stats.response.status, failing]).toEqual([200, []]);
    expect(unreadable[source]).toEqual([expect.objectContaining(loss)]);
    expect((await rowsCheck()).status).toBe('warning');
  });

  it.each<[string, RegExp, (json: Json) => void]>([
    ['a service of Watcher', /\/services\/detail$/, ({ services }) => services.push({ name: null })],
    ['a strategy', /\/v1\/strategies$/, ({ strategies }) => strategies.push(7)],
    ['a requirement of a strategy', /\/state$/, (requirements) => requirements.push({ state: 'available' })],
    ['a version', /\/infra-optim\/$/, ({ versions }) => versions.push('v2')],
  ])('costs the doctor no other finding: %s', async (_, address, change) => {
    const { checks } = (await ask('doctor')).body;
    forget();
    alter(served, address, (json) => void change(json));
    const broken = (await ask('doctor')).body.checks;
    const statuses = (list: Json[]) =>
      list.filter(({ id }) => id !== 'unreadable').map(({ id, status }) => [id, status]);
    expect(statuses(broken)).toEqual(statuses(checks));
  });

  it('costs a whole reading only if its list can’t be read at all', async () => {
    alter(served, SERVERS, () => ({ servers: 'many' }));
    expect((await ask('stats')).response.status).toBe(503);
  });

  it('counts as another form of the list if not one of many rows can be read', async () => {
    alter(served, SERVERS, ({ servers }) => ({
      servers: servers.map(({ id, ...row }: Json) => ({ ...row, uid: id })),
    }));
    const { stats, failing } = await look();
    expect([stats.response.status, failing]).toEqual([503, ['Nova']]);
    expect(stats.body.detail).toContain('servers.0.id');
  });
});
