import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import { listProviderUsages } from '@/lib/openstack/placement';
import { listActionPlans, listActions, listAudits } from '@/lib/openstack/watcher';
import { NOVA, open, PLACEMENT, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();
const GIB = 1024 ** 3;

describe('Nova', () => {
  it('tells hosts with their names, state and capacity in bytes, asked at 2.87 at most', async () => {
    let asked = '';
    server.use(
      http.get(`${NOVA}/v2.1/os-hypervisors/detail`, ({ request }) => {
        asked = request.headers.get('openstack-api-version') ?? '';
        return HttpResponse.json(recording('nova-hypervisors-detail-2.87'));
      }),
    );
    const hypervisors = await listHypervisors(open());
    expect(asked).toBe('compute 2.87');
    expect(hypervisors).toHaveLength(6);
    expect(hypervisors.find(({ host }) => host === 'compute-0')).toEqual({
      id: '12a2e601-5766-420e-ba5e-f3654bd87a11',
      host: 'compute-0',
      hypervisorHostname: 'compute-0',
      type: 'QEMU',
      hostIp: '127.0.0.1',
      state: 'up',
      status: 'enabled',
      disabledReason: null,
      vcpus: 32,
      memoryBytes: 128 * GIB,
    });
    expect(hypervisors.filter(({ status }) => status === 'disabled')).toHaveLength(1);
  });

  it('tells VMs of all projects, whatever they are called, with or without a host', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) => {
        expect(new URL(request.url).searchParams.get('all_tenants')).toBe('1');
        return HttpResponse.json(recording('nova-servers-detail-all'));
      }),
    );
    const servers = await listServers(open());
    const names = servers.map(({ name }) => name);
    expect(names.some((name) => name.includes('<'))).toBe(true);
    expect(names.some((name) => name.length > 200)).toBe(true);
    expect(names.some((name) => /[^\u0020-\u007e]/.test(name))).toBe(true);
    const homeless = servers.find(({ host }) => host === null);
    expect(homeless).toMatchObject({ status: 'ERROR', flavor: { name: 'x1.impossible', vcpus: 480 } });
    expect(servers.every(({ flavor }) => flavor !== null && flavor.ramBytes % (1024 * 1024) === 0)).toBe(true);
  });

  it('keeps what little a cell that is down lets it know, and a flavor whose swap is ""', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({
          servers: [
            { id: 'a', status: 'UNKNOWN', tenant_id: 'p', created: '2026-01-01T00:00:00Z', links: [] },
            { id: 'b', name: 'b', status: 'DELETED', flavor: null },
            {
              id: 'c',
              name: 'c',
              status: 'ACTIVE',
              flavor: { original_name: 'f', vcpus: 1, ram: 1024, disk: 1, ephemeral: 2, swap: '' },
            },
          ],
        }),
      ),
    );
    const servers = await listServers(open());
    expect(servers.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(servers[0]).toMatchObject({ name: 'a', status: 'UNKNOWN', host: null, flavor: null });
    expect(servers[1]?.flavor).toMatchObject({ ramBytes: GIB, diskBytes: 3 * GIB });
  });

  it('names the wrong field of an answer and forgives unknown ones', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({
          servers: [{ id: 'a', new_field: 1, flavor: { original_name: 'f', vcpus: 'two', ram: 1, disk: 1 } }],
        }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('servers.0.flavor.vcpus'),
    });
  });

  it('reads 2,345 VMs in three pages by marker and never asks the host of a next link', async () => {
    const all = Array.from({ length: 2_345 }, (_, i) => ({ id: `vm-${i}`, name: `vm-${i}`, status: 'ACTIVE' }));
    const markers: (string | null)[] = [];
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        const marker = query.get('marker');
        markers.push(marker);
        const from = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
        const page = all.slice(from, from + Number(query.get('limit')));
        const next = { rel: 'next', href: 'http://internal.example:1234/servers/detail?marker=other' };
        return HttpResponse.json({ servers: page, servers_links: from + page.length < all.length ? [next] : [] });
      }),
    );
    const servers = await listServers(open());
    expect(servers).toHaveLength(2_345);
    expect(new Set(servers.map(({ id }) => id)).size).toBe(2_345);
    expect(markers).toEqual([null, 'vm-999', 'vm-1999']);
  });

  it('stops at a service that turns in a circle', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({ servers: [{ id: 'a' }], servers_links: [{ rel: 'next' }] }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('same page'),
    });
  });
});

describe('Placement', () => {
  it('is asked for the wanted hosts only, two requests each', async () => {
    let asked = 0;
    const count = (name: string) => () => {
      asked++;
      return HttpResponse.json(recording(name));
    };
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/inventories`, count('placement-rp-inventories')),
      http.get(`${PLACEMENT}/resource_providers/:id/usages`, count('placement-rp-usages')),
    );
    const usages = await listProviderUsages(open(), { isHost: ({ name }) => name === 'compute-0' });
    expect(asked).toBe(2);
    expect(usages).toHaveLength(1);
    expect(usages[0]).toMatchObject({
      name: 'compute-0',
      inventories: { VCPU: { total: 32, reserved: 0, allocationRatio: 4, maxUnit: 32 } },
      usages: { VCPU: 40, MEMORY_MB: 81_920 },
    });
  });

  it('leaves out a host that went away between two questions', async () => {
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/:what`, () =>
        HttpResponse.json({ errors: [{ status: 404, title: 'Not Found', detail: 'gone' }] }, { status: 404 }),
      ),
    );
    expect(await listProviderUsages(open(), { isHost: () => true })).toEqual([]);
  });
});

describe('Watcher', () => {
  const serve = (path: string, name: string) =>
    http.get(`${WATCHER}/v1/${path}`, ({ request }) => {
      expect(request.headers.get('openstack-api-version')).toBe('infra-optim 1.4');
      return HttpResponse.json(recording(name));
    });

  it('tells audits of every kind and state, naive times as UTC', async () => {
    server.use(serve('audits/detail', 'watcher-audits-detail'));
    const audits = await listAudits(open());
    const states = new Set(audits.map(({ state }) => state));
    for (const state of ['SUCCEEDED', 'FAILED', 'PENDING', 'ONGOING', 'SUSPENDED', 'CANCELLED'])
      expect(states).toContain(state);
    expect(audits.find(({ name }) => name === 'dummy-run')?.strategy).toBeNull();
    const planned = audits.find(({ nextRunAt }) => nextRunAt !== null);
    const wire = (recording('watcher-audits-detail') as { audits: { uuid: string; next_run_time: string | null }[] })
      .audits;
    const said = wire.find(({ uuid }) => uuid === planned?.id)?.next_run_time;
    expect(planned?.nextRunAt).toBe(Date.parse(`${said}Z`));
  });

  it('tells plans with efficacy as a list, whatever the release makes of it', async () => {
    server.use(serve('action_plans/detail', 'watcher-action-plans-detail'));
    const plans = await listActionPlans(open());
    expect(plans.find(({ efficacy }) => efficacy.length > 0)?.efficacy[0]).toMatchObject({
      name: expect.any(String),
      value: expect.any(Number),
    });
    const plan = { uuid: 'p', state: 'RECOMMENDED', created_at: '2026-01-01T00:00:00+00:00' };
    server.use(
      http.get(`${WATCHER}/v1/action_plans/detail`, () =>
        HttpResponse.json({
          action_plans: [
            { ...plan, uuid: 'object', global_efficacy: {}, efficacy_indicators: null },
            { ...plan, uuid: 'one', global_efficacy: { name: 'ratio', unit: '%', value: '5' } },
          ],
        }),
      ),
    );
    expect((await listActionPlans(open())).map(({ globalEfficacy }) => globalEfficacy)).toEqual([
      [],
      [{ name: 'ratio', unit: '%', description: null, value: null }],
    ]);
  });

  it('tells actions with their parameters, a migration without a destination too', async () => {
    server.use(serve('actions/detail', 'watcher-actions-of-maintain-compute-2'));
    const actions = await listActions(open(), { planId: 'd370445f-45f1-4a7a-9b71-feb2426a7eaa' });
    const moves = actions.filter(({ type }) => type === 'migrate');
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.every(({ parameters }) => !('destination_node' in parameters))).toBe(true);
    expect(actions.find(({ type }) => type === 'change_nova_service_state')?.parents).toEqual([]);
  });
});
