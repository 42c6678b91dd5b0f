import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { versionDocuments } from '@/lib/openstack/catalog';
import { listServers } from '@/lib/openstack/nova';
import { listProviderUsages } from '@/lib/openstack/placement';
import { listAudits } from '@/lib/openstack/watcher';
import { cloudSettings, NOVA, open, PLACEMENT, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();

/** A Nova that records the requested versions and answers 406 to any above `highest`. */
function novaUpTo(highest = 999) {
  const requested: string[] = [];
  server.use(
    http.get(/\/v2\.1\/([0-9a-f]{32}\/)?servers\/detail$/, ({ request }) => {
      const version = request.headers.get('openstack-api-version') ?? '';
      requested.push(version);
      expect(`compute ${request.headers.get('x-openstack-nova-api-version')}`).toBe(version);
      if (Number(version.split('.')[1]) <= highest) return HttpResponse.json({ servers: [] });
      const refusal = JSON.stringify(recording('nova-microversion-406')).replace('2.93', `2.${highest}`);
      return HttpResponse.json(JSON.parse(refusal), { status: 406 });
    }),
  );
  return requested;
}

const version = (highest: string) => () =>
  HttpResponse.json({ version: { id: 'v2.1', version: highest, min_version: '2.1' } });

describe('microversions', () => {
  it('negotiates the version once for concurrent calls', async () => {
    let documents = 0;
    const requested = novaUpTo();
    server.use(
      http.get(`${NOVA}/v2.1/`, () => {
        documents++;
        return version('2.60')();
      }),
    );
    const session = open();
    await Promise.all([listServers(session), listServers(session)]);
    await listServers(session);
    expect(requested).toEqual(['compute 2.60', 'compute 2.60', 'compute 2.60']);
    expect(documents).toBe(1);
  });

  it('negotiates the version again after a failure', async () => {
    novaUpTo();
    server.use(http.get(`${NOVA}/v2.1/`, () => HttpResponse.error()));
    const session = open();
    await expect(listServers(session)).rejects.toMatchObject({ source: 'nova', kind: 'network' });
    server.use(http.get(`${NOVA}/v2.1/`, version('2.90')));
    expect(await listServers(session)).toEqual([]);
  });

  it('notices within an hour that a service was upgraded, and keeps what it knows if its versions can’t be read', async () => {
    const requested = novaUpTo();
    let now = Date.now();
    const session = open({ clock: () => now });
    const asked = async (minutes: number, answer: () => Response) => {
      now += minutes * 60_000;
      server.use(http.get(`${NOVA}/v2.1/`, answer));
      await listServers(session);
      return requested.at(-1);
    };
    expect(await asked(0, version('2.60'))).toBe('compute 2.60');
    expect(await asked(30, version('2.90'))).toBe('compute 2.60');
    expect(await asked(31, version('2.90'))).toBe('compute 2.90');
    expect(await asked(61, () => HttpResponse.error())).toBe('compute 2.90');
  });

  it('reads the versions from the root if the endpoint has none', async () => {
    const requested = novaUpTo();
    server.use(
      http.get(`${NOVA}/v2.1/`, () => HttpResponse.html('<html>', { status: 404 })),
      http.get(`${NOVA}/`, () => HttpResponse.json(recording('discovery-nova-root'), { status: 300 })),
    );
    await listServers(open());
    expect(requested).toEqual(['compute 2.93']);
  });

  it('uses the fallback version if the service lists none, and asks again later', async () => {
    let now = 0;
    let documents = 0;
    const requested = novaUpTo();
    const page = () => {
      documents++;
      return HttpResponse.html('<html>A login page</html>');
    };
    server.use(http.get(`${NOVA}/v2.1/`, page), http.get(`${NOVA}/`, page));
    const session = open({ clock: () => now });
    await listServers(session);
    await listServers(session);
    expect(requested).toEqual(['compute 2.53', 'compute 2.53']);
    expect(documents).toBe(2);
    now += 61_000;
    server.use(http.get(`${NOVA}/v2.1/`, version('2.93')));
    await listServers(session);
    expect(requested.at(-1)).toBe('compute 2.93');
  });

  it('corrects the version once from a 406', async () => {
    const requested = novaUpTo(60);
    const session = open();
    await listServers(session);
    await listServers(session);
    expect(requested).toEqual(['compute 2.93', 'compute 2.60', 'compute 2.60']);
  });

  it('reads the versions from each service’s own form of a 406', async () => {
    let placement = 0;
    server.use(
      http.get(`${PLACEMENT}/`, () => HttpResponse.json({ versions: [{ max_version: '1.999', min_version: '1.39' }] })),
      http.get(`${PLACEMENT}/resource_providers`, ({ request }) => {
        placement++;
        return request.headers.get('openstack-api-version') === 'placement 1.30'
          ? HttpResponse.json({ resource_providers: [] })
          : HttpResponse.json(
              { errors: [{ ...recording('placement-microversion-406').errors[0], max_version: '1.30' }] },
              { status: 406 },
            );
      }),
    );
    expect(await listProviderUsages(open(), { isHost: () => true })).toEqual([]);
    expect(placement).toBe(2);

    const watcher: (string | null)[] = [];
    server.use(
      http.get(`${WATCHER}/`, () => HttpResponse.json({ versions: [{ max_version: '1.6', min_version: '1.0' }] })),
      http.get(`${WATCHER}/v1/audits/detail`, ({ request }) => {
        watcher.push(request.headers.get('openstack-api-version'));
        return watcher.length > 1
          ? HttpResponse.json({ audits: [] })
          : HttpResponse.json(recording('watcher-microversion-406'), {
              status: 406,
              headers: { 'OpenStack-API-Minimum-Version': '1.0', 'OpenStack-API-Maximum-Version': '1.4' },
            });
      }),
    );
    const session = open();
    await listAudits(session);
    await listAudits(session);
    expect(watcher).toEqual(['infra-optim 1.6', 'infra-optim 1.4', 'infra-optim 1.4']);
  });

  it('fails instead of looping after a second 406', async () => {
    let requested = 0;
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () => {
        requested++;
        return HttpResponse.json(recording('nova-microversion-406'), { status: 406 });
      }),
    );
    await expect(listServers(open())).rejects.toMatchObject({ source: 'nova', kind: 'missing', status: 406 });
    expect(requested).toBe(1);
  });

  it('names the needed versions if a release lacks them', async () => {
    server.use(http.get(`${NOVA}/v2.1/`, () => HttpResponse.json({ version: { version: '3.4', min_version: '3.1' } })));
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'missing',
      message: 'Nova offers API versions 3.1 to 3.4, but 2.1 to 2.96 is needed.',
    });
  });
});

describe('versionDocuments', () => {
  it('finds the root above the version but below any proxy path', () => {
    const project = '6cd13db4ab9c48d8b72ba24d42dcebb1';
    expect(versionDocuments('nova', 'http://n:8774/v2.1')).toEqual(['http://n:8774/v2.1/', 'http://n:8774/']);
    expect(versionDocuments('nova', `https://c.example/compute/v2.1/${project}`)).toEqual([
      'https://c.example/compute/v2.1/',
      'https://c.example/compute/',
    ]);
    expect(versionDocuments('placement', 'https://c.example/placement')).toEqual(['https://c.example/placement/']);
    expect(versionDocuments('placement', 'http://p:8778')).toEqual(['http://p:8778/']);
    expect(versionDocuments('watcher', 'http://w:9322/v1')).toEqual(['http://w:9322/']);
    expect(versionDocuments('watcher', 'https://c.example/infra-optim/v1')).toEqual(['https://c.example/infra-optim/']);
  });

  it('drops the project id from Nova’s endpoint', async () => {
    const requested = novaUpTo();
    const endpoint = `${NOVA}/v2.1/6cd13db4ab9c48d8b72ba24d42dcebb1`;
    await listServers(open({ cloud: { ...cloudSettings(), services: { compute: { endpoint } } } }));
    expect(requested).toEqual(['compute 2.93']);
  });
});
