import { describe, expect, it } from 'vitest';
import type { EndpointName } from '@/lib/contract/endpoints';
import { problemType } from '@/lib/contract/problem';
import { ANSWERS } from '@/lib/dashboard/answers';
import { ask, servedCloud } from './served-cloud';

/** Parameters that mean nothing are refused in a sentence that says what is allowed; filters find what they say. */

servedCloud({ hosts: 6, servers: 40 });

const WITHOUT_OFFSET = 'The parameter offset does not go with since: ask again with `next_since` of the answer.';

const WRONG: [EndpointName, string, string, string][] = [
  ['auditList', '?limit=', 'limit', 'The parameter limit must be a whole number from 1 to 1000.'],
  ['auditList', '?limit=1e2', 'limit', 'The parameter limit must be a whole number from 1 to 1000.'],
  ['auditList', '?limit=1001', 'limit', 'The parameter limit must be a whole number from 1 to 1000.'],
  ['auditList', '?offset=-1', 'offset', 'The parameter offset must be a whole number of at least 0.'],
  ['auditList', '?limit=5&limit=6', 'limit', 'The parameter limit is given more than once.'],
  ['auditList', '?type=99', 'type', 'The parameter type must be ONESHOT, CONTINUOUS or EVENT.'],
  ['auditList', '?goal=', 'goal', 'The parameter goal must not be empty.'],
  [
    'auditList',
    '?since=yesterday',
    'since',
    'The parameter since must be a time in ISO 8601, such as 2026-01-31T08:00:00Z, or `next_since` of the answer before.',
  ],
  ['plans', '?since=2026-01-31T08:00:00Z&offset=1', 'offset', WITHOUT_OFFSET],
  ['hosts', '?show=cold', 'show', 'The parameter show must be all, hot, warm, in-plan or out-of-service.'],
  ['compare', '', 'left', 'The parameter left is required.'],
  ['overview', '?x=1', 'x', 'This endpoint has no parameter "x". Its parameters are zone, aggregate.'],
  ['hostHistory', '?span=1h', 'span', 'This endpoint has no parameter "span". Its parameters are range.'],
];

describe('a parameter that means nothing', () => {
  it.each(WRONG)('is refused: %s%s', async (name, query, parameter, detail) => {
    const { response, body } = await ask(name, { query, params: { name: 'cmp-r01-01' } });
    expect(response.status).toBe(400);
    expect(body).toMatchObject({ type: problemType('invalid-parameter'), parameter, detail });
  });

  it.each(['goal', 'strategy'])('is refused with the names that this cloud has: %s', async (parameter) => {
    const { response, body } = await ask('auditList', { query: `?${parameter}=nonsense` });
    expect([response.status, body.parameter]).toEqual([400, parameter]);
    expect(body.detail).toContain(parameter === 'goal' ? 'workload_balancing' : 'workload_stabilization');
  });

  it.each(['stats', 'audits', 'sourceStatus'] as const)('is ignored by the promised %s', async (name) => {
    expect((await ask(name, { query: '?x=1&x=2&limit=' })).response.status).toBe(200);
  });
});

type Audit = {
  id: string;
  state: string;
  updated_at: string | null;
  created_at: string;
  plan: { state: string } | null;
};
const audits = async (query: string): Promise<Audit[]> => (await ask('auditList', { query })).body.audits;

describe('the filters of audits', () => {
  it('find audits by their state and that of their plan, in any case', async () => {
    const all = await audits('');
    const found = await audits('?plan_state=recommended&state=succeeded');
    expect(found).toEqual(all.filter(({ state, plan }) => state === 'SUCCEEDED' && plan?.state === 'RECOMMENDED'));
    expect(found.length).toBeGreaterThan(0);
  });

  it('find what has changed since a time', async () => {
    const all = await audits('');
    const times = all.map(({ created_at: created, updated_at: updated }) => updated ?? created).sort();
    const since = times[Math.floor(times.length / 2)] ?? '';
    const found = await audits(`?since=${encodeURIComponent(since)}`);
    expect(found.length).toBeLessThan(all.length);
    for (const audit of all)
      if ((audit.updated_at ?? audit.created_at) >= since) expect(found.map(({ id }) => id)).toContain(audit.id);
    expect(await audits('?since=2999-01-01T00:00:00Z')).toEqual([]);
  });

  it('are not needed for the newest audit', async () => {
    const [newest] = await audits('?limit=1');
    expect((await ask('audit', { params: { id: 'newest' } })).body.audit.id).toBe(newest?.id);
  });
});

describe('the export of a plan', () => {
  const params = { id: 'newest', plan: 'newest' };
  const load = async (query: string, accept?: string) => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const request = new Request(`http://visio.test/api/v1/audits/newest/plans/newest/export/${query}`, { headers });
    const response = await ANSWERS.planExport(request, { params: Promise.resolve(params) });
    return { headers: response.headers, text: await response.text() };
  };

  it.each([
    ['csv', 'text/csv', 'csv'],
    ['markdown', 'text/markdown', 'md'],
    ['commands', 'text/x-shellscript', 'sh'],
  ] as const)('is %s as a file by its format or by Accept', async (format, type, ending) => {
    const { text: whole } = await load('');
    const byFormat = await load(`?format=${format}`);
    const byAccept = await load('', `${type}, */*;q=0.1`);
    expect(byFormat.headers.get('content-type')).toContain(type);
    expect(byFormat.headers.get('content-disposition')).toMatch(new RegExp(`filename="plan-[\\w-]+\\.${ending}"`));
    expect(byAccept.headers.get('content-type')).toBe(byFormat.headers.get('content-type'));
    expect(byFormat.headers.get('vary')).toContain('Accept');
    // Some have the time of the export in them.
    const plain = (text: string) => text.replace(/\d\d:\d\d/g, '');
    expect(plain(byFormat.text)).toBe(plain(JSON.parse(whole)[format]));
  });

  it('is JSON for browsers and for clients that do not mind', async () => {
    for (const accept of [undefined, '*/*', 'application/json, text/csv', 'text/html'])
      expect((await load('', accept)).headers.get('content-type')).toBe('application/json');
  });
});
