import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listProviderUsages } from '@/lib/openstack/placement';
import { open, PLACEMENT, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();

describe('listProviderUsages', () => {
  it('reads only the wanted hosts, with two requests each', async () => {
    let requests = 0;
    const count = (name: string) => () => {
      requests++;
      return HttpResponse.json(recording(name));
    };
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/inventories`, count('placement-rp-inventories')),
      http.get(`${PLACEMENT}/resource_providers/:id/usages`, count('placement-rp-usages')),
    );
    const usages = await listProviderUsages(open(), { isHost: ({ name }) => name === 'compute-0' });
    expect(requests).toBe(2);
    expect(usages).toHaveLength(1);
    expect(usages[0]).toMatchObject({
      name: 'compute-0',
      inventories: { VCPU: { total: 32, reserved: 0, allocationRatio: 4, maxUnit: 32 } },
      usages: { VCPU: 40, MEMORY_MB: 81_920 },
    });
  });

  it.each([
    ['a ratio of 1e308', { total: 32, allocation_ratio: 1e308 }],
    ['a negative total', { total: -1, allocation_ratio: 1 }],
    ['half a CPU', { total: 0.5, allocation_ratio: 1 }],
  ])('leaves out a class with %s and names it', async (_, wrong) => {
    const right = { total: 64, allocation_ratio: 1 };
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/inventories`, () =>
        HttpResponse.json({ inventories: { VCPU: wrong, MEMORY_MB: right } }),
      ),
      http.get(`${PLACEMENT}/resource_providers/:id/usages`, () => HttpResponse.json(recording('placement-rp-usages'))),
    );
    const [first] = await listProviderUsages(open(), { isHost: () => true });
    expect(Object.keys(first?.inventories ?? {})).toEqual(['MEMORY_MB']);
    expect(first?.unread).toEqual(['VCPU']);
  });

  it('leaves out a host that was deleted between two requests', async () => {
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/:what`, () =>
        HttpResponse.json({ errors: [{ status: 404, title: 'Not Found', detail: 'gone' }] }, { status: 404 }),
      ),
    );
    expect(await listProviderUsages(open(), { isHost: () => true })).toEqual([]);
  });

  it('includes nested providers of a host but no sharing providers', async () => {
    const tree = [
      { uuid: 'host', name: 'compute-0', root_provider_uuid: 'host' },
      { uuid: 'gpu', name: 'compute-0_gpu', root_provider_uuid: 'host' },
      { uuid: 'store', name: 'shared', root_provider_uuid: 'store' },
    ];
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json({ resource_providers: tree })),
      http.get(`${PLACEMENT}/resource_providers/:id/inventories`, () => HttpResponse.json({ inventories: {} })),
      http.get(`${PLACEMENT}/resource_providers/:id/usages`, () => HttpResponse.json({ usages: {} })),
    );
    const usages = await listProviderUsages(open(), { isHost: ({ name }) => name.startsWith('compute-0') });
    expect(usages.map(({ id, rootId }) => [id, rootId])).toEqual([
      ['host', 'host'],
      ['gpu', 'host'],
    ]);
  });

  it('treats every provider as a root before 1.14', async () => {
    server.use(
      http.get(`${PLACEMENT}/`, () =>
        HttpResponse.json({ versions: [{ id: 'v1.0', max_version: '1.10', min_version: '1.0' }] }),
      ),
      http.get(`${PLACEMENT}/resource_providers`, ({ request }) => {
        expect(request.headers.get('openstack-api-version')).toBe('placement 1.10');
        return HttpResponse.json({ resource_providers: [{ uuid: 'host', name: 'compute-0' }] });
      }),
      http.get(`${PLACEMENT}/resource_providers/:id/inventories`, () =>
        HttpResponse.json(recording('placement-rp-inventories')),
      ),
      http.get(`${PLACEMENT}/resource_providers/:id/usages`, () => HttpResponse.json(recording('placement-rp-usages'))),
    );
    expect(await listProviderUsages(open(), { isHost: () => true })).toMatchObject([{ id: 'host', rootId: 'host' }]);
  });

  it('reports a refusal without the id of a host', async () => {
    const refused = () => HttpResponse.json(recording('placement-tenant-403'), { status: 403 });
    server.use(
      http.get(`${PLACEMENT}/resource_providers`, () => HttpResponse.json(recording('placement-resource-providers'))),
      http.get(`${PLACEMENT}/resource_providers/:id/:what`, refused),
    );
    await expect(listProviderUsages(open(), { isHost: () => true })).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringMatching(
        /^Placement denied access to (inventories|usages): the account needs the admin role\.$/,
      ),
    });
  });
});
