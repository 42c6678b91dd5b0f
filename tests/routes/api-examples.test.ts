import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ACT_ENDPOINTS, type ActEndpointName } from '@/lib/contract/act-endpoints';
import { EXAMPLE_BODIES } from '@/lib/contract/act-examples';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { isRecord } from '@/lib/is-record';
import { ACTS, asUser, checkPlan, folder, planOf, send, startOf } from './acting';
import { fillIn, QUESTIONS } from './questions';
import { ask, servedCloud } from './served-cloud';

/**
 * The examples of the OpenAPI document: answers of the simulated cloud, cut short. `npm run examples` takes them again;
 * without that, they are held against the schemas of today.
 */

const FILE = 'lib/contract/examples.json';
const isTaking = process.env.TAKE_EXAMPLES === 'yes';

// Before the cloud, which is made by the clock of then.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-30T09:00:00Z') }));
afterEach(() => vi.useRealTimers());

const served = servedCloud(
  { hosts: 24, servers: 200, clock: () => Date.now() },
  { ...ACTS, ACTIONS: 'service', DASHBOARD_CACHE_TTL: '10' },
);

/** Lists of objects keep one, others two; JSON text and files their beginning. */
function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, value.some(isRecord) ? 1 : 2).map(shorten);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shorten(one)]));
  if (typeof value !== 'string' || value.length < 300) return value;
  if (value.startsWith('[')) return JSON.stringify(shorten(JSON.parse(value)));
  return `${value.split('\n').slice(0, 6).join('\n')}\n`;
}

async function takeAll(): Promise<Record<string, unknown>> {
  served.configure({ DATA_DIR: folder() });
  // Only one plan runs at a time.
  for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
  const headers = await asUser(served.simulation, 'ops');
  const { params } = planOf(served.simulation, 'stabilize-production');
  const taken: Record<string, unknown> = {};
  const take = async (name: EndpointName, given: Record<string, string>, query = '') => {
    let answer = await ask(name, { params: given, query, headers });
    // A first reading goes on in the background.
    for (let time = 0; time < 300 && answer.response.status === 503; time++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answer = await ask(name, { params: given, query, headers });
    }
    const { response, body } = answer;
    expect(response.status, `${name} ${JSON.stringify(body)}`).toBe(200);
    taken[name] = body;
    return body;
  };
  await take('planCheck', params);
  const begun = await send('beginCareful', { params, headers, body: startOf(await checkPlan(params, { headers })) });
  expect(begun.body.outcome, JSON.stringify(begun.body)).toBe('done');
  taken.act = begun.body;
  const [run] = (await take('carefulRuns', {})).runs;
  await take('carefulRun', { run: run.id });
  for (const [name, given, query] of QUESTIONS) await take(name, fillIn(given, served.simulation), query);
  return Object.fromEntries(Object.entries(taken).map(([name, answer]) => [name, shorten(answer)]));
}

describe('the examples of the API', () => {
  it.runIf(isTaking)(
    'are taken from the simulated cloud',
    async () => {
      writeFileSync(FILE, `${JSON.stringify(await takeAll(), null, 2)}\n`);
    },
    600_000,
  );

  const examples = () => JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;
  const same = (schema: z.ZodType, example: unknown) =>
    // What a schema does not know is lost on the way, and what it misses is an error.
    expect(z.encode(schema, z.decode(schema, example as z.input<typeof schema>))).toEqual(example);

  it.each(Object.keys(ENDPOINTS) as EndpointName[])('have an answer of %s, as its schema is today', (name) => {
    same(ENDPOINTS[name].answer, examples()[name]);
  });

  it.each(Object.keys(ACT_ENDPOINTS) as ActEndpointName[])('have a body for %s', (name) => {
    same(ACT_ENDPOINTS[name].body, EXAMPLE_BODIES[name]);
  });

  it('have no others', () => {
    expect(Object.keys(examples()).sort()).toEqual([...Object.keys(ENDPOINTS), 'act'].sort());
    expect(Object.keys(EXAMPLE_BODIES)).toEqual(Object.keys(ACT_ENDPOINTS));
  });
});
