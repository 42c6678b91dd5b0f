import { describe, expect, it } from 'vitest';
import type { EndpointName } from '@/lib/contract/endpoints';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Programs that poll get every change once. */

const served = servedCloud(CLOUD, ACTS);

async function open() {
  served.configure({ DATA_DIR: folder() });
  for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
  const headers = await asUser(served.simulation, 'ops');
  const poll = async (name: EndpointName, query: Record<string, string>) => {
    const { response, body } = await ask(name, { query: `?${new URLSearchParams(query)}`, headers });
    expect(response.status, JSON.stringify(body)).toBe(200);
    return body;
  };
  return { headers, poll, ...planOf(served.simulation, 'stabilize-production') };
}

type Plan = { plan_id: string; plan_state: string; updated_at: string | null; created_at: string };

describe('polling', () => {
  it('lists every plan that waits for a decision once, the oldest change first', async () => {
    const { poll } = await open();
    const query = { plan_state: 'RECOMMENDED' };
    const all: Plan[] = (await poll('plans', query)).plans;
    const first = await poll('plans', { ...query, since: '1970-01-01T00:00:00Z' });
    expect(first.plans.map((plan: Plan) => plan.plan_id).sort()).toEqual(all.map((plan) => plan.plan_id).sort());
    const times = first.plans.map((plan: Plan) => plan.updated_at ?? plan.created_at);
    expect(times).toEqual(times.toSorted());
    const second = await poll('plans', { ...query, since: first.next_since });
    expect(second).toMatchObject({ plans: [], total: 0, next_since: first.next_since });
  });

  it('gives all plans page by page, none twice', async () => {
    const { poll } = await open();
    const { total } = await poll('plans', {});
    const seen: string[] = [];
    for (let since = '1970-01-01T00:00:00Z'; ; ) {
      const { plans, next_since: next } = await poll('plans', { since, limit: '5' });
      seen.push(...plans.map((plan: Plan) => plan.plan_id));
      since = next;
      if (plans.length < 5) break;
    }
    expect([seen.length, new Set(seen).size]).toEqual([total, total]);
  });

  it('sees a plan that was started, its audit and the act, each once', async () => {
    const { headers, params, plan, poll } = await open();
    const names = { plans: 'plans', auditList: 'audits', acts: 'acts' } as const;
    const since: Record<string, string> = {};
    for (const name of Object.keys(names) as (keyof typeof names)[]) since[name] = (await poll(name, {})).next_since;
    const started = await send('startPlan', { params, headers, body: startOf(await checkPlan(params, { headers })) });
    const wanted = { plans: plan.id, auditList: params.id, acts: started.body.id };
    for (const [name, list] of Object.entries(names) as [keyof typeof names, string][]) {
      const { [list]: found, next_since: next } = await poll(name, { since: since[name] ?? '' });
      expect(found.map((one: { id?: string; plan_id?: string }) => one.plan_id ?? one.id)).toEqual([wanted[name]]);
      expect((await poll(name, { since: next }))[list]).toEqual([]);
    }
  });
});
