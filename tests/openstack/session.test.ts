import { delay, HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listServers } from '@/lib/openstack/nova';
import { probeService } from '@/lib/openstack/probe';
import { listAudits } from '@/lib/openstack/watcher';
import { issue, KEYSTONE, NOVA, open, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();

const noServers = () => HttpResponse.json({ servers: [] });

describe('requests of a session', () => {
  const answers = (...list: (() => Response)[]) => {
    const state = { requests: 0 };
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () => {
        const answer = list[Math.min(state.requests++, list.length - 1)];
        return answer ? answer() : noServers();
      }),
    );
    return state;
  };
  const status = (code: number) => () => new HttpResponse(null, { status: code });

  it('retries once after 502, 503, 504 and a broken connection', async () => {
    for (const failure of [status(502), status(503), status(504), () => HttpResponse.error()]) {
      const state = answers(failure, noServers);
      expect(await listServers(open())).toEqual([]);
      expect(state.requests).toBe(2);
    }
  });

  it('does not retry after 500, and quotes the service’s own message', async () => {
    const state = answers(() =>
      HttpResponse.json(
        {
          computeFault: {
            code: 500,
            message: "Unexpected at http://10.0.0.1/x, no '10.0.0.2:3306', see /var/log/nova/api.log\nTraceback",
          },
        },
        { status: 500 },
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'http',
      status: 500,
      message: "Nova returned 500 for servers/detail: Unexpected at (address) no '(address)', see (path).",
    });
    expect(state.requests).toBe(1);
  });

  it('names the missing role after a 403', async () => {
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

  it('quotes Watcher’s errors, which are JSON inside a string', async () => {
    server.use(
      http.get(`${WATCHER}/v1/audits/detail`, () =>
        HttpResponse.json(recording('watcher-audits-bad-400'), { status: 400 }),
      ),
    );
    await expect(listAudits(open())).rejects.toMatchObject({
      message: expect.stringContaining('Invalid input for field/attribute limit'),
    });
  });

  it('never sends the token to another origin', async () => {
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

  it('fails with a clear error for an HTML page instead of JSON', async () => {
    answers(() => HttpResponse.html('<html>Bad gateway</html>'));
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('not JSON'),
    });
  });

  it('never puts an address or a secret into an error', async () => {
    answers(() => HttpResponse.error());
    const error: Error = await listServers(open()).then(
      () => new Error('no error'),
      (reason) => reason,
    );
    expect(error.message).toContain('Nova can');
    expect(error.message).not.toMatch(/127\.0\.0\.1|s3cret|token-1/);
  });
});

describe('probeService', () => {
  it('asks Keystone whether the token is valid, and replaces it if not', async () => {
    const requests: string[] = [];
    server.use(
      http.post(KEYSTONE, () => {
        requests.push('POST');
        return issue(`token-${requests.length}`);
      }),
      http.get(KEYSTONE, ({ request }) => {
        requests.push(`GET ${request.headers.get('x-subject-token')}`);
        return HttpResponse.json(recording('keystone-auth-401'), { status: 401 });
      }),
    );
    await probeService(open(), 'keystone', { timeoutMs: 1_000 });
    expect(requests).toEqual(['POST', 'GET token-1', 'POST']);
  });

  it('fails after its own timeout', async () => {
    server.use(
      http.get(`${WATCHER}/v1/goals`, async () => {
        await delay('infinite');
        return HttpResponse.json({});
      }),
    );
    await expect(probeService(open(), 'watcher', { timeoutMs: 20 })).rejects.toMatchObject({
      source: 'watcher',
      kind: 'timeout',
    });
  });

  it('sends one cheap request to each service', async () => {
    const requests: string[] = [];
    server.use(
      http.get(`${NOVA}/v2.1/`, () => HttpResponse.json(recording('discovery-nova-v2.1'))),
      http.get(/127\.0\.0\.1:(8774|8778|9322)\/.+/, ({ request }) => {
        requests.push(new URL(request.url).pathname);
        return HttpResponse.json({});
      }),
      http.get(KEYSTONE, () => HttpResponse.json({})),
    );
    const session = open();
    for (const service of ['keystone', 'nova', 'placement', 'watcher'] as const) {
      await probeService(session, service, { timeoutMs: 1_000 });
    }
    expect(requests).toEqual(['/v2.1/servers', '/resource_providers', '/v1/goals']);
  });
});
