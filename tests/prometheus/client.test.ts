import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPrometheus, type PrometheusOptions, parseValue } from '@/lib/prometheus/client';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const BASE = 'http://metrics.test/prometheus';
const open = (more: Partial<PrometheusOptions> = {}) =>
  openPrometheus({
    url: `${BASE}/`,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 2_000,
    maxBytes: 100_000,
    concurrency: 4,
    ...more,
  });

const vector = (...values: string[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: values.map((value, i) => ({ metric: { instance: `i-${i}` }, value: [1_700_000_000.5, value] })),
  },
});
const methodRefused = () => new HttpResponse('Method Not Allowed', { status: 405 });

describe('the Prometheus client', () => {
  it('posts the query as a form, below the path of its address, with the headers it was given', async () => {
    server.use(
      http.post(`${BASE}/api/v1/query`, async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        expect(form.get('query')).toBe('up{job="a b"}');
        expect(form.get('time')).toBe('1700000000');
        expect(request.headers.get('x-scope-orgid')).toBe('cloud');
        expect(request.headers.get('authorization')).toBe('Bearer t0ken');
        return HttpResponse.json(vector('1'));
      }),
    );
    const prometheus = open({ headers: { 'X-Scope-OrgID': 'cloud' }, auth: { type: 'bearer', token: 't0ken' } });
    expect(await prometheus.query('up{job="a b"}', { at: 1_700_000_000_000 })).toEqual([
      { labels: { instance: 'i-0' }, value: 1, at: 1_700_000_000_500 },
    ]);
  });

  it('asks by GET where POST is refused, and goes on so (T36)', async () => {
    const methods: string[] = [];
    server.use(
      http.all(`${BASE}/api/v1/query`, ({ request }) => {
        methods.push(request.method);
        if (request.method === 'POST') return methodRefused();
        expect(new URL(request.url).searchParams.get('query')).toBe('up');
        return HttpResponse.json(vector('1'));
      }),
    );
    const prometheus = open({ auth: { type: 'basic', username: 'u', password: 'p' } });
    await prometheus.query('up');
    await prometheus.query('up');
    expect(methods).toEqual(['POST', 'GET', 'GET']);
  });

  it('reads NaN, infinities and exponents for what they are (T35)', () => {
    expect(['NaN', '+Inf', '-Inf', '', '1e3', '0', '-0.5'].map(parseValue)).toEqual([
      null,
      null,
      null,
      null,
      1000,
      0,
      -0.5,
    ]);
  });

  it('takes warnings and infos for a success (T35)', async () => {
    server.use(
      http.post(`${BASE}/api/v1/query`, () =>
        HttpResponse.json({ ...vector('NaN', '2'), warnings: ['partial'], infos: ['not a counter'] }),
      ),
    );
    expect((await open().query('x')).map(({ value }) => value)).toEqual([null, 2]);
  });

  it.each([
    [400, { status: 'error', errorType: 'bad_data', error: 'parse error at http://10.0.0.1/x' }, 'query'],
    [422, { status: 'error', errorType: 'execution', error: 'found duplicate series' }, 'query'],
    [503, { status: 'error', errorType: 'unavailable', error: 'too many queries' }, 'query'],
    [401, { any: 'thing' }, 'unauthorized'],
    [403, { any: 'thing' }, 'forbidden'],
    [500, { any: 'thing' }, 'http'],
  ])('tells a %i apart', async (status, body, kind) => {
    server.use(http.all(`${BASE}/api/v1/query`, () => HttpResponse.json(body, { status })));
    await expect(open().query('x')).rejects.toMatchObject({
      source: 'prometheus',
      kind,
      message: expect.not.stringContaining('10.0.0.1'),
    });
  });

  it('is not taken in by a login page', async () => {
    server.use(http.post(`${BASE}/api/v1/query`, () => HttpResponse.html('<html>Sign in</html>')));
    await expect(open().query('x')).rejects.toMatchObject({ kind: 'shape' });
  });

  it('asks a range, and a subquery where ranges are not offered', async () => {
    const matrix = {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { a: 'b' },
            values: [
              [60, '1'],
              [120, 'NaN'],
            ],
          },
        ],
      },
    };
    const asked: string[] = [];
    server.use(
      http.post(`${BASE}/api/v1/query_range`, () => HttpResponse.json(matrix)),
      http.post(`${BASE}/api/v1/query`, async ({ request }) => {
        asked.push(new URLSearchParams(await request.text()).get('query') ?? '');
        return HttpResponse.json(matrix);
      }),
    );
    const range = { start: 0, end: 120_000, step: 60_000 };
    const expected = [
      {
        labels: { a: 'b' },
        points: [
          { at: 60_000, value: 1 },
          { at: 120_000, value: null },
        ],
      },
    ];
    expect(await open().queryRange('x', range)).toEqual(expected);
    server.use(http.all(`${BASE}/api/v1/query_range`, () => new HttpResponse('404 page not found', { status: 404 })));
    expect(await open().queryRange('x', range)).toEqual(expected);
    expect(asked).toEqual(['(x)[120s:60s]']);
  });
});
