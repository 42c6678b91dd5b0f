import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { parseValue } from '@/lib/prometheus/answer';
import { BASE, open, QUERY, recording, row, servedPrometheus, vector } from './served';

const { server } = servedPrometheus();
const RANGE = `${BASE}/api/v1/query_range`;
const one = vector(row('', 1, { instance: 'i-0' }));
const methodRefused = () => new HttpResponse('Method Not Allowed', { status: 405 });

describe('the Prometheus client', () => {
  it('posts the query as a form, below the path in its address, with the configured headers', async () => {
    server.use(
      http.post(QUERY, async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        expect(Object.fromEntries(form)).toEqual({ query: 'up{job="a b"}', time: '1700000000', timeout: '2s' });
        expect(request.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
        expect(request.headers.get('x-scope-orgid')).toBe('cloud');
        expect(request.headers.get('authorization')).toBe('Bearer t0ken');
        return HttpResponse.json(vector({ value: '1', labels: { instance: 'i-0' } }));
      }),
    );
    const prometheus = open({ headers: { 'X-Scope-OrgID': 'cloud' }, auth: { type: 'bearer', token: 't0ken' } });
    expect(await prometheus.query('up{job="a b"}', { at: 1_700_000_000_000 })).toEqual([
      { labels: { instance: 'i-0' }, value: 1, at: 1_700_000_000_500 },
    ]);
  });

  it.each([
    [{ type: 'basic', username: 'u', password: 'p:w' } as const, 'authorization', 'Basic dTpwOnc='],
    [{ type: 'bearer', token: 'fresh' } as const, 'authorization', 'Bearer fresh'],
    [{ type: 'keystone', token: async () => 'gAAAA' } as const, 'x-auth-token', 'gAAAA'],
  ])('authenticates with $type', async (auth, header, value) => {
    server.use(
      http.post(QUERY, ({ request }) => {
        expect(request.headers.get(header)).toBe(value);
        return HttpResponse.json(one);
      }),
    );
    expect(await open({ auth }).query('up')).toHaveLength(1);
  });

  it('requests a new Keystone token once if one is refused', async () => {
    const seen: string[] = [];
    server.use(
      http.post(QUERY, ({ request }) => {
        const token = request.headers.get('x-auth-token') ?? '';
        seen.push(token);
        return token === 'new' ? HttpResponse.json(one) : new HttpResponse('Unauthorized', { status: 401 });
      }),
    );
    const token = async (refused?: string) => (refused === undefined ? 'old' : 'new');
    expect(await open({ auth: { type: 'keystone', token } }).query('up')).toHaveLength(1);
    expect(seen).toEqual(['old', 'new']);
    const dead = open({ auth: { type: 'keystone', token: async () => 'dead' } });
    await expect(dead.query('up')).rejects.toMatchObject({ source: 'prometheus', status: 401 });
  });

  it.each([BASE, `${BASE}/`, `${BASE}/api/v1`, `${BASE}/api/v1/`])('finds the API below %s', async (url) => {
    server.use(http.post(QUERY, () => HttpResponse.json(one)));
    await expect(open({ url }).probe({ timeoutMs: 500 })).resolves.toBeUndefined();
  });

  it.each([405, 404, 501, 403])('switches to GET for good if POST is refused with %i (T36)', async (status) => {
    const methods: string[] = [];
    server.use(
      http.all(QUERY, ({ request }) => {
        methods.push(request.method);
        if (request.method === 'POST') return new HttpResponse('no', { status });
        expect(new URL(request.url).searchParams.get('query')).toBe('up');
        return HttpResponse.json(one);
      }),
    );
    const prometheus = open({ auth: { type: 'basic', username: 'u', password: 'p' } });
    await prometheus.query('up');
    await prometheus.query('up');
    expect(methods).toEqual(['POST', 'GET', 'GET']);
  });

  it('uses only the configured method', async () => {
    const methods: string[] = [];
    server.use(
      http.all(QUERY, ({ request }) => {
        methods.push(request.method);
        return request.method === 'GET' ? HttpResponse.json(one) : methodRefused();
      }),
    );
    await open({ method: 'get' }).query('up');
    await expect(open({ method: 'post' }).query('up')).rejects.toMatchObject({ kind: 'http', status: 405 });
    expect(methods).toEqual(['GET', 'POST']);
  });

  it('works with a server that supports only GET and the query, such as Aetos (T36)', async () => {
    const queries: Record<string, string>[] = [];
    server.use(
      http.post(QUERY, methodRefused),
      http.get(QUERY, ({ request }) => {
        const parameters = Object.fromEntries(new URL(request.url).searchParams);
        queries.push(parameters);
        const unknown = Object.keys(parameters).filter((name) => name !== 'query');
        if (unknown.length === 0) return HttpResponse.json(one);
        return HttpResponse.json(
          { faultcode: 'Client', faultstring: `Unknown argument: "${unknown}"` },
          { status: 400 },
        );
      }),
    );
    const prometheus = open();
    await prometheus.query('up');
    await prometheus.query('up', { at: 1_700_000_000_000 });
    expect(queries).toEqual([
      { query: 'up', timeout: '2s' },
      { query: 'up' },
      { query: 'last_over_time((up)[10s:10s] @ 1700000000)' },
    ]);
  });

  it('parses NaN, infinities and exponents (T35)', () => {
    const texts = ['NaN', '+Inf', '-Inf', '', '1e3', '1.5e-07', '0', '-0.5'];
    expect(texts.map(parseValue)).toEqual([null, null, null, null, 1000, 1.5e-7, 0, -0.5]);
  });

  it('parses implausibly large values as unknown and tiny ones as 0', () => {
    // 1 TiB is a host's memory; 8 PiB and 1e308 come from a broken exporter.
    const large = ['1099511627776', '9007199254740992', '1e308', '-1e308'];
    expect(large.map(parseValue)).toEqual([2 ** 40, null, null, null]);
    expect(['1e-320', '-1e-12'].map(parseValue)).toEqual([0, 0]);
  });

  it.each([
    ['query-vm-cpu-per-host', 6, [15.393245857717009]],
    ['query-inf', 1, [null]],
    ['query-nan', 1, [null]],
    ['query-scalar', 1, [15]],
    ['query-string', 1, [null]],
  ])('reads the recorded response %s', async (name, rows, [first]) => {
    server.use(http.post(QUERY, () => HttpResponse.json(recording(name))));
    const samples = await open().query('x');
    expect(samples).toHaveLength(rows);
    expect(samples[0]?.value).toBe(first);
  });

  it('treats warnings and infos as success (T35)', async () => {
    server.use(
      http.post(QUERY, () =>
        HttpResponse.json({
          ...vector(row('', 'NaN'), row('', '2')),
          warnings: ['partial'],
          infos: ['metric might not be a counter'],
        }),
      ),
    );
    expect((await open().query('x')).map(({ value }) => value)).toEqual([null, 2]);
  });

  it.each([
    [400, recording('query-bad-400'), 'query', 'bad_data (1:10: parse error: unclosed left parenthesis)'],
    [422, recording('query-many-to-many-422'), 'query', 'found duplicate series for the match group {…} on the right'],
    [503, { status: 'error', errorType: 'unavailable', error: 'too many queries' }, 'query', 'too many queries'],
    [401, { any: 'thing' }, 'unauthorized', 'rejected the credentials'],
    [403, { any: 'thing' }, 'forbidden', 'denied the query'],
    [403, { status: 'error', errorType: 'forbidden', error: 'no' }, 'forbidden', 'denied the query'],
    [422, 'Unprocessable', 'query', 'returned 422'],
    [500, { any: 'thing' }, 'http', 'returned 500'],
  ])('reports a %i with its kind and reason', async (status, body, kind, sentence) => {
    server.use(http.all(QUERY, () => HttpResponse.json(body, { status })));
    await expect(open().query('x')).rejects.toMatchObject({
      source: 'prometheus',
      kind,
      status,
      message: expect.stringContaining(sentence),
    });
  });

  it('shows no address, label or secret in its errors', async () => {
    const error =
      'expanding series: Get "https://store.internal:10901/x?token=s3cret": dial tcp 10.0.0.7:10901: lookup ' +
      'thanos-store.metrics.svc on [fd00::a]:53: no such host, from node-exporter-7:9100 {instance="10.0.0.8:9100"}\ntrace';
    server.use(
      http.all(QUERY, () => HttpResponse.json({ status: 'error', errorType: 'execution', error }, { status: 422 })),
    );
    const thrown = await open({ auth: { type: 'bearer', token: 't0ken' } })
      .query('up{instance="10.0.0.9"}')
      .catch((reason: Error) => reason.message);
    expect(thrown).toMatch(/execution \(expanding series: Get /);
    expect(thrown).not.toMatch(/internal|s3cret|10\.0\.0|svc|fd00|exporter-7|trace|t0ken|up\{/);
  });

  it('rejects a login page and a result of the wrong type', async () => {
    server.use(http.post(QUERY, () => HttpResponse.html('<html>Sign in</html>')));
    await expect(open().query('x')).rejects.toMatchObject({ kind: 'shape' });
    server.use(http.post(QUERY, () => HttpResponse.json(recording('query-matrix'))));
    await expect(open().query('x')).rejects.toMatchObject({ kind: 'shape' });
  });

  it('times out, and the probe after its own timeout', async () => {
    server.use(http.post(QUERY, () => new Promise<never>(() => {})));
    await expect(open().probe({ timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
    await expect(open({ timeoutMs: 50 }).query('x')).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('sends range queries with times in seconds', async () => {
    server.use(
      http.post(RANGE, async ({ request }) => {
        const form = Object.fromEntries(new URLSearchParams(await request.text()));
        expect(form).toEqual({ query: 'x', start: '0', end: '120', step: '0.5', timeout: '2s' });
        return HttpResponse.json(recording('query-range-cpu'));
      }),
    );
    const [series] = await open().queryRange('x', { start: 0, end: 120_000, step: 500 });
    expect(series?.labels).toEqual({ instance: 'compute-0:9100' });
    expect(series?.points[0]).toEqual({ at: 1_795_350_956_000, value: 79.10636988629146 });
  });

  it('switches to subqueries for good if range queries are not supported (T36)', async () => {
    const values = [
      [0, '9'],
      [60, '1'],
      [120, 'NaN'],
    ];
    const queries: string[] = [];
    let ranges = 0;
    server.use(
      http.all(RANGE, () => {
        ranges++;
        return new HttpResponse('404 page not found', { status: 404 });
      }),
      http.post(QUERY, async ({ request }) => {
        queries.push(new URLSearchParams(await request.text()).get('query') ?? '');
        return HttpResponse.json({
          status: 'success',
          data: { resultType: 'matrix', result: [{ metric: {}, values }] },
        });
      }),
    );
    const prometheus = open();
    const range = { start: 30_000, end: 120_000, step: 60_000 };
    const points = [
      { at: 60_000, value: 1 },
      { at: 120_000, value: null },
    ];
    expect(await prometheus.queryRange('x', range)).toEqual([{ labels: {}, points }]);
    expect(await prometheus.queryRange('x', range)).toEqual([{ labels: {}, points }]);
    expect(queries).toEqual(['(x)[150000ms:60000ms] @ 120', '(x)[150000ms:60000ms] @ 120']);
    expect(ranges).toBe(2);
  });
});
