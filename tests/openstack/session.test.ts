import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import { probeService } from '@/lib/openstack/probe';
import { listAudits } from '@/lib/openstack/watcher';
import { issue, KEYSTONE, NOVA, open, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();

/** Keystone that hands out token-1, token-2, ... and counts. */
function countingKeystone(now?: () => number) {
  const state = { issued: 0 };
  server.use(http.post(KEYSTONE, () => issue(`token-${++state.issued}`, now?.())));
  return state;
}

const noServers = () => HttpResponse.json({ servers: [] });
const noHypervisors = () => HttpResponse.json({ hypervisors: [] });

describe('the token', () => {
  it('is asked for once, however many wait', async () => {
    const keystone = countingKeystone();
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, noServers),
      http.get(`${NOVA}/v2.1/os-hypervisors/detail`, noHypervisors),
    );
    const session = open();
    await Promise.all([listServers(session), listHypervisors(session), listServers(session)]);
    expect(keystone.issued).toBe(1);
  });

  it('that ends in the middle of a refresh is renewed once, and every request succeeds', async () => {
    const keystone = countingKeystone();
    const valid = () => `token-${keystone.issued}`;
    let revoked = false;
    const guarded = (answer: () => Response) =>
      http.get(/\/v2\.1\/(servers|os-hypervisors)\/detail/, ({ request }) => {
        const token = request.headers.get('x-auth-token');
        if (revoked && token === 'token-1') return HttpResponse.json({ error: { code: 401 } }, { status: 401 });
        expect(token).toBe(valid());
        return request.url.includes('servers') ? answer() : noHypervisors();
      });
    server.use(guarded(noServers));
    const session = open();
    await listServers(session);
    revoked = true;
    await Promise.all([listServers(session), listHypervisors(session), listServers(session), listHypervisors(session)]);
    expect(keystone.issued).toBe(2);
  });

  it('is renewed before it expires', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const keystone = countingKeystone(() => now);
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, noServers));
    const session = open({ clock: () => now });
    await listServers(session);
    now += 57 * 60_000;
    await listServers(session);
    expect(keystone.issued).toBe(1);
    now += 2 * 60_000;
    await listServers(session);
    expect(keystone.issued).toBe(2);
  });

  it('that a service refuses again is an error, not a loop', async () => {
    const keystone = countingKeystone();
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, () => HttpResponse.json({}, { status: 401 })));
    await expect(listServers(open())).rejects.toMatchObject({ source: 'nova', kind: 'unauthorized' });
    expect(keystone.issued).toBe(2);
  });

  it('is refused in one sentence for wrong credentials, and without a project', async () => {
    server.use(http.post(KEYSTONE, () => HttpResponse.json(recording('keystone-auth-401'), { status: 401 })));
    await expect(listServers(open())).rejects.toMatchObject({
      source: 'keystone',
      kind: 'unauthorized',
      message: 'Keystone refuses the credentials.',
    });
    server.use(
      http.post(KEYSTONE, () =>
        HttpResponse.json(recording('keystone-auth-unscoped'), { status: 201, headers: { 'X-Subject-Token': 't' } }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('no catalog'),
    });
  });
});

describe('requests', () => {
  const answers = (...list: (() => Response)[]) => {
    const state = { asked: 0 };
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () => {
        const answer = list[Math.min(state.asked++, list.length - 1)];
        return answer ? answer() : noServers();
      }),
    );
    return state;
  };
  const status = (code: number) => () => new HttpResponse(null, { status: code });

  it('are repeated once after 502, 503, 504 and a broken connection', async () => {
    for (const failure of [status(502), status(503), status(504), () => HttpResponse.error()]) {
      const state = answers(failure, noServers);
      expect(await listServers(open())).toEqual([]);
      expect(state.asked).toBe(2);
    }
  });

  it('are not repeated after 500, and the fault is told in the service’s own words', async () => {
    const state = answers(() =>
      HttpResponse.json(
        { computeFault: { code: 500, message: 'Unexpected at http://10.0.0.1/x\nTraceback' } },
        { status: 500 },
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'http',
      status: 500,
      message: 'Nova answered 500 to servers/detail: Unexpected at (address).',
    });
    expect(state.asked).toBe(1);
  });

  it('say which role is missing on 403', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json(recording('nova-servers-tenant-all-tenants-403'), { status: 403 }),
      ),
      http.get(`${WATCHER}/v1/audits/detail`, () =>
        HttpResponse.json(recording('watcher-audits-reader-403'), { status: 403 }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('admin role'),
    });
    await expect(listAudits(open())).rejects.toMatchObject({ source: 'watcher', kind: 'forbidden' });
  });

  it('read Watcher’s errors: JSON inside a string', async () => {
    server.use(
      http.get(`${WATCHER}/v1/audits/detail`, () =>
        HttpResponse.json(recording('watcher-audits-bad-400'), { status: 400 }),
      ),
    );
    await expect(listAudits(open())).rejects.toMatchObject({
      message: expect.stringContaining('Invalid input for field/attribute limit'),
    });
  });

  it('never carry the token to another origin', async () => {
    let leaked = false;
    server.use(
      http.get(
        `${NOVA}/v2.1/servers/detail`,
        () => new HttpResponse(null, { status: 302, headers: { location: 'http://evil.example/' } }),
      ),
      http.get('http://evil.example/', () => {
        leaked = true;
        return noServers();
      }),
    );
    await expect(listServers(open())).rejects.toMatchObject({ kind: 'redirect' });
    expect(leaked).toBe(false);
  });

  it('take a page instead of JSON for what it is', async () => {
    answers(() => HttpResponse.html('<html>Bad gateway</html>'));
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('not JSON'),
    });
  });

  it('to a release that is too old say what is needed', async () => {
    server.use(
      http.get(`${NOVA}/`, () =>
        HttpResponse.json({ versions: [{ id: 'v2.1', version: '2.38', min_version: '2.1' }] }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('2.1 to 2.38'),
    });
  });

  it('find the versions at the endpoint where the root is not to be had', async () => {
    server.use(
      http.get(`${NOVA}/`, () => new HttpResponse(null, { status: 404 })),
      http.get(`${NOVA}/v2.1/`, () =>
        HttpResponse.json({ version: { id: 'v2.1', version: '2.60', min_version: '2.1' } }),
      ),
      http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) => {
        expect(request.headers.get('openstack-api-version')).toBe('compute 2.60');
        return noServers();
      }),
    );
    expect(await listServers(open())).toEqual([]);
  });

  it('never put an address or a secret into an error', async () => {
    answers(() => HttpResponse.error());
    const error: Error = await listServers(open()).then(
      () => new Error('no error'),
      (reason) => reason,
    );
    expect(error.message).toContain('Nova can');
    expect(error.message).not.toMatch(/127\.0\.0\.1|s3cret|token-1/);
  });
});

describe('probes', () => {
  it('ask each service one cheap question', async () => {
    const asked: string[] = [];
    server.use(
      http.get(/127\.0\.0\.1:(8774|8778|9322)\/.+/, ({ request }) => {
        asked.push(new URL(request.url).pathname);
        return HttpResponse.json({});
      }),
    );
    const session = open();
    for (const service of ['keystone', 'nova', 'placement', 'watcher'] as const) {
      await probeService(session, service, { timeoutMs: 1_000 });
    }
    expect(asked).toEqual(['/v2.1/servers', '/resource_providers', '/v1/goals']);
  });
});
