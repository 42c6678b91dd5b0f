import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import { GIB } from '@/lib/units';
import { NOVA, open, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();

describe('the Nova client', () => {
  it('reads hosts with names, state and capacity in bytes, at version 2.87 or below', async () => {
    let requests = '';
    server.use(
      http.get(`${NOVA}/v2.1/os-hypervisors/detail`, ({ request }) => {
        requests = request.headers.get('openstack-api-version') ?? '';
        return HttpResponse.json(recording('nova-hypervisors-detail-2.87'));
      }),
    );
    const hypervisors = await listHypervisors(open());
    expect(requests).toBe('compute 2.87');
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
      guests: 11,
    });
    expect(hypervisors.filter(({ status }) => status === 'disabled')).toHaveLength(1);
  });

  it('reads VMs of all projects, with any name, with or without a host', async () => {
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

  it('reads the tags and the keys of metadata of VMs, and loses no VM to one that can’t be read', async () => {
    const row = (id: string, more: object) => ({ id, name: id, status: 'ACTIVE', links: [], ...more });
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({
          servers: [
            row('a', { tags: ['pinned'], metadata: { owner: 'ops' } }),
            row('b', { tags: [], metadata: {} }),
            row('c', { tags: 'pinned', metadata: null }),
          ],
        }),
      ),
    );
    const [a, b, c] = await listServers(open());
    expect(a).toMatchObject({ tags: ['pinned'], metadataKeys: ['owner'] });
    for (const one of [b, c]) {
      expect(one).not.toHaveProperty('tags');
      expect(one).not.toHaveProperty('metadataKeys');
    }
  });

  it('keeps the few fields of VMs in a cell that is down, and accepts "" as swap', async () => {
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

  it('names an invalid frame of a response and ignores unknown fields', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () => HttpResponse.json({ servers: { 0: { id: 'a' } }, new_field: 1 })),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('unexpected value in servers:'),
    });
  });

  it('includes deleted VMs in the changes, and soft-deleted ones in the list', async () => {
    const requests: (string | null)[] = [];
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) => {
        requests.push(new URL(request.url).searchParams.get('changes-since'));
        return HttpResponse.json({
          servers: [
            { id: 'a', status: 'DELETED' },
            { id: 'b', status: 'SOFT_DELETED' },
          ],
        });
      }),
    );
    const session = open();
    expect((await listServers(session)).map(({ id }) => id)).toEqual(['b']);
    const changed = await listServers(session, { changesSince: Date.parse('2026-01-01T00:00:00Z') });
    expect(changed.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(requests).toEqual([null, '2026-01-01T00:00:00.000Z']);
  });

  it('fails if all_tenants is refused, instead of reading only its own project', async () => {
    let requests = 0;
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () => {
        requests++;
        return HttpResponse.json(recording('nova-servers-tenant-all-tenants-403'), { status: 403 });
      }),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'forbidden',
      message: 'Nova denied access to servers/detail: the account needs the admin role.',
    });
    expect(requests).toBe(1);
  });
});

describe('the Nova client before 2.33', () => {
  const old = () =>
    server.use(
      http.get(`${NOVA}/v2.1/`, () =>
        HttpResponse.json({ version: { id: 'v2.1', version: '2.25', min_version: '2.1' } }),
      ),
    );

  it('reads hosts in one page, with numbers as ids', async () => {
    old();
    const requests: string[] = [];
    server.use(
      http.get(`${NOVA}/v2.1/os-hypervisors/detail`, ({ request }) => {
        requests.push(new URL(request.url).search);
        return HttpResponse.json(recording('nova-hypervisors-detail-2.1'));
      }),
    );
    const [first] = await listHypervisors(open());
    expect(first).toMatchObject({ id: '1', host: 'compute-0', vcpus: 32, memoryBytes: 128 * GIB });
    expect(requests).toEqual(['']);
  });

  it('reads flavors separately, including private ones; a deleted one stays unknown', async () => {
    old();
    const { servers } = recording('nova-servers-detail-2.1');
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({ servers: [...servers, { ...servers[0], id: 'x', flavor: { id: 'deleted' } }] }),
      ),
      http.get(`${NOVA}/v2.1/flavors/detail`, ({ request }) => {
        expect(new URL(request.url).searchParams.get('is_public')).toBe('None');
        return HttpResponse.json(recording('nova-flavors-detail-2.1'));
      }),
    );
    const read = await listServers(open());
    const embedded = new Map<string, string>(
      recording('nova-servers-detail-all').servers.map(
        ({ id, flavor }: { id: string; flavor: { original_name: string } }) => [id, flavor.original_name],
      ),
    );
    expect(read.map(({ id, flavor }) => [id, flavor?.name])).toEqual(read.map(({ id }) => [id, embedded.get(id)]));
    expect(read.filter(({ flavor }) => flavor !== null)).toHaveLength(servers.length);
    expect(read[0]?.flavor).toMatchObject({ vcpus: 1, ramBytes: GIB / 2, diskBytes: GIB });
  });
});
