import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listServers } from '@/lib/openstack/nova';
import { openPrometheus, type PrometheusAuth } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { cloudSettings, KEYSTONE, NOVA, open, recordedCloud } from '../openstack/recorded-cloud';
import { SETTINGS } from '../traps/fleet';

/** What services say about a failure reaches people, where it is safe. */

const server = recordedCloud();
const QUERY = 'http://127.0.0.1:9090/api/v1/query';

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );

/** The message after Keystone refuses a token with this body. */
function refusedBy(body: object, init: { status: number; headers?: Record<string, string> }): Promise<string> {
  server.use(http.post(KEYSTONE, () => HttpResponse.json(body, init)));
  return messageOf(listServers(open()));
}

const fault = (code: number, message: string) => ({ error: { code, message, title: 'Unauthorized' } });

describe('Keystone’s reasons', () => {
  it('are told for an expired password, a locked or disabled account and a dropped credential', async () => {
    for (const reason of [
      'The password is expired and needs to be changed for user: 0f0f0f',
      'The account is locked for user: 0f0f0f',
      'The account is disabled for user: 0f0f0f',
      'Project is disabled: 7a7a7a',
    ])
      expect(await refusedBy(fault(401, `${reason}.`), { status: 401 })).toBe(
        `Keystone rejected the credentials: ${reason}.`,
      );
  });

  it('name the second factor that a rule wants, and the way around it', async () => {
    const rules = (...required: string[][]) => ({
      receipt: {
        methods: ['password'],
        expires_at: '2026-11-28T05:00:00.000000Z',
        user: { id: '0f0f0f', name: 'visio' },
      },
      required_auth_methods: required,
    });
    const init = { status: 401, headers: { 'Openstack-Auth-Receipt': 'gAAAAsecret' } };
    expect(await refusedBy(rules(['password', 'totp']), init)).toBe(
      'Keystone wants a second factor (totp): use an application credential.',
    );
    expect(await refusedBy(rules(['password', 'totp'], ['password', 'external', 'oauth1']), init)).toContain(
      '(totp or external and oauth1)',
    );
    expect(await refusedBy({}, init)).toBe('Keystone wants a second factor: use an application credential.');
  });

  it('are left out where they say nothing, or more than is safe', async () => {
    expect(await refusedBy(fault(401, 'The request you have made requires authentication.'), { status: 401 })).toBe(
      'Keystone rejected the credentials.',
    );
    const leaking = await refusedBy(
      fault(401, 'Wrong password s3cret at https://10.1.1.1/v3 in /etc/keystone/keystone.conf'),
      {
        status: 401,
      },
    );
    expect(leaking).toBe('Keystone rejected the credentials: Wrong password … at (address) in (path).');
    expect(cloudSettings().auth).toMatchObject({ password: 's3cret' });
  });

  it('are told for failures that are no refusal, too', async () => {
    expect(await refusedBy(fault(429, 'Too many tokens, try later.'), { status: 429 })).toBe(
      'Keystone returned 429 for a token request: Too many tokens, try later.',
    );
    server.use(http.post(KEYSTONE, () => HttpResponse.html('<html><h1>Maintenance</h1></html>', { status: 503 })));
    expect(await messageOf(listServers(open()))).toBe(
      'Keystone returned 503 for a token request with a web page: a proxy in front of it answers, or a page about maintenance.',
    );
  });
});

describe('a service’s reasons', () => {
  const answer = (respond: () => Response) => {
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, respond));
    return messageOf(listServers(open()));
  };

  it.each<[string, () => Response, string]>([
    [
      'a rate limit',
      () =>
        HttpResponse.json(
          { overLimit: { code: 413, message: 'This request was rate-limited.', retryAfter: 60 } },
          { status: 413 },
        ),
      'Nova returned 413 for servers/detail: This request was rate-limited.',
    ],
    [
      'markup in a message',
      () =>
        HttpResponse.json({ badRequest: { message: 'The <b>marker</b> is gone.<br /><br />\nmore' } }, { status: 400 }),
      'Nova returned 400 for servers/detail: The marker is gone.',
    ],
    [
      'a page in a message',
      () => HttpResponse.json({ message: '<!DOCTYPE html><html><body>Internal s3cret</body></html>' }, { status: 500 }),
      'Nova returned 500 for servers/detail.',
    ],
    [
      'plain text of a proxy',
      () => HttpResponse.text('upstream connect error or disconnect before headers\n', { status: 500 }),
      'Nova returned 500 for servers/detail: upstream connect error or disconnect before headers.',
    ],
    [
      'plain HTTP at a port for TLS',
      () => HttpResponse.text('Client sent an HTTP request to an HTTPS server.\n', { status: 400 }),
      'Nova returned 400 for servers/detail: it speaks TLS there, so the address must begin with https://.',
    ],
    [
      'a sign-in page in place of an answer',
      () => HttpResponse.html('<html>Sign in</html>'),
      "Nova's response to servers/detail is not JSON, but a web page: a proxy in front of it answers, or a page about maintenance.",
    ],
    [
      'a refusal that no role would change',
      () => HttpResponse.json({ forbidden: { code: 403, message: 'Project is suspended' } }, { status: 403 }),
      'Nova denied access to servers/detail: Project is suspended.',
    ],
  ])('%s', async (_, respond, message) => {
    expect(await answer(respond)).toBe(message);
  });
});

describe('reasons of Prometheus and what is like it', () => {
  const prometheus = (auth: PrometheusAuth = { type: 'none' }) =>
    openPrometheus({
      url: 'http://127.0.0.1:9090',
      auth,
      headers: {},
      method: 'get',
      timeoutMs: 2_000,
      maxBytes: 100_000,
      concurrency: 2,
    });
  const own: PrometheusAuth = { type: 'keystone', token: async () => 't' };

  it.each<[number, string, string]>([
    [401, 'no org id\n', 'Prometheus wants a tenant ("no org id"): set X-Scope-OrgID in PROMETHEUS_HEADERS.'],
    [401, 'token is expired', 'Prometheus rejected the credentials: token is expired.'],
    [401, 'Unauthorized', 'Prometheus rejected the credentials.'],
    [403, 'tenant is disabled', 'Prometheus denied the query: tenant is disabled.'],
  ])('%i with the text %s', async (status, text, message) => {
    server.use(http.get(QUERY, () => HttpResponse.text(text, { status })));
    expect(await messageOf(prometheus().query('up'))).toBe(message);
  });

  it('do not include the page of a proxy', async () => {
    server.use(http.get(QUERY, () => HttpResponse.html('<html>401 s3cret</html>', { status: 401 })));
    expect(await messageOf(prometheus().query('up'))).toBe('Prometheus rejected the credentials.');
  });

  it('are that the account sees its own project only, where Aetos limits every metric to it', async () => {
    const asked: string[] = [];
    server.use(
      http.get(QUERY, ({ request }) => {
        const query = new URL(request.url).searchParams.get('query') ?? '';
        asked.push(query);
        if (!query.startsWith('vector('))
          return HttpResponse.json({ status: 'success', data: { resultType: 'vector', result: [] } });
        const faultstring = '[400] invalid parameter "query": 1:7: parse error: unexpected "{"';
        return HttpResponse.json(
          { error_message: { faultcode: 'Client', faultstring, debuginfo: null } },
          { status: 400 },
        );
      }),
    );
    const reason = 'Prometheus shows the account only its own project there: it needs the admin or service role.';
    expect(await messageOf(prometheus(own).probe({ timeoutMs: 1_000 }))).toBe(reason);
    expect(await messageOf(discoverExporters(prometheus(own), SETTINGS))).toBe(reason);
    expect(asked.length).toBeGreaterThan(2);
  });
});
