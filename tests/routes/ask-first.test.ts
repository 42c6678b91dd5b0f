import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '@/lib/units';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Audits that start their plans: what they moved, and how they are made to ask first. */

const served = servedCloud(CLOUD, ACTS);
const NAME = 'balance-every-10-min';
const named = (name: string) => served.simulation.cloud.audits.find((audit) => audit.name === name);

async function open(more: Record<string, unknown> = {}) {
  served.configure({ DATA_DIR: folder() });
  Object.assign(named(NAME) ?? {}, { autoTrigger: true, ...more });
  return asUser(served.simulation, 'ops');
}

const askFirst = (headers: Record<string, string>, name = NAME, body: Record<string, unknown> = {}) =>
  send('askFirst', { params: { id: name }, headers, body: { reason: 'too many moves', ...body } });

async function journal(headers: Record<string, string>): Promise<string[][]> {
  const { acts } = (await ask('acts', { headers })).body;
  return acts.map(({ act, object_name: of, outcome }: Record<string, string>) => [act, of, outcome]);
}

describe('an audit that starts its plans', () => {
  it('is ended and created again with the same settings, as two acts of their own', async () => {
    const headers = await open({ force: true });
    const { status, body } = await askFirst(headers);
    expect([status, body.outcome]).toEqual([200, 'done']);
    expect(named(NAME)?.state).toBe('CANCELLED');
    expect(named(`${NAME}-2`)).toMatchObject({
      state: 'PENDING',
      type: 'CONTINUOUS',
      strategy: 'workload_balance',
      interval: '600',
      autoTrigger: false,
      force: true,
      parameters: { threshold: 25 },
    });
    expect(await journal(headers)).toEqual([
      ['create-audit', `${NAME}-2`, 'done'],
      ['end-audit', NAME, 'done'],
      ['ask-first', NAME, 'done'],
    ]);
    const { audits } = (await ask('repeatingAudits', { headers })).body;
    expect(audits.map(({ name }: { name: string }) => name)).not.toContain(NAME);
  });

  it('is left alone if its settings can’t be given to another', async () => {
    const headers = await open({ scope: [{ compute: [{ host_aggregates: [{ id: '*' }] }] }] });
    const refused = await askFirst(headers);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('this form can’t say')]);
    const taken = await askFirst(headers, NAME, { name: 'nothing-to-do' });
    expect(taken.status).toBe(409);
    expect(named(NAME)).toMatchObject({ state: 'ONGOING', autoTrigger: true });
  });

  it('stays ended if Watcher refuses the new one, and the answer says so', async () => {
    const headers = await open();
    const answer = { error_message: JSON.stringify({ faultstring: 'No more audits' }) };
    served.server.use(http.post('*/v1/audits', () => HttpResponse.json(answer, { status: 400 })));
    const { body } = await askFirst(headers);
    expect(body.detail).toContain(`It is ended. ${NAME}-2 was not created in its place`);
    expect(named(NAME)?.state).toBe('CANCELLED');
    expect((await journal(headers)).map(([act, , outcome]) => [act, outcome])).toEqual([
      ['create-audit', 'refused'],
      ['end-audit', 'done'],
      ['ask-first', 'failed'],
    ]);
  });

  it('is only changed while it is suspended, or waits for a call', async () => {
    const headers = await open({ state: 'SUSPENDED', updatedAt: Date.now() - 5 * MINUTE_MS });
    Object.assign(named('on-webhook') ?? {}, { autoTrigger: true });
    expect((await askFirst(headers)).status).toBe(200);
    expect((await askFirst(headers, 'on-webhook')).status).toBe(200);
    expect(named(NAME)).toMatchObject({ state: 'SUSPENDED', autoTrigger: false });
    expect(named('on-webhook')).toMatchObject({ state: 'PENDING', autoTrigger: false });
    expect(named(`${NAME}-2`)).toBeUndefined();
  });

  it('is not changed right after it was suspended, while Watcher may still hold its settings', async () => {
    const headers = await open({ state: 'SUSPENDED', updatedAt: Date.now() });
    expect((await askFirst(headers)).body.detail).toContain('two minutes');
    expect(named(NAME)?.autoTrigger).toBe(true);
  });

  it('asks already, unless it starts its plans', async () => {
    const headers = await open({ autoTrigger: false });
    expect((await askFirst(headers)).body.detail).toContain('asks before each plan already');
  });
});

describe('the register', () => {
  it('counts what started plans have moved in the last day', async () => {
    const headers = await open();
    const audit = named(NAME);
    const plans = served.simulation.cloud.plans.filter(({ auditId }) => auditId === audit?.id);
    const [, newer, older] = plans;
    if (!newer || !older) throw new Error('The simulated cloud has too few plans.');
    for (const plan of [newer, older]) {
      plan.state = 'SUCCEEDED';
      for (const action of plan.actions) action.state = 'SUCCEEDED';
    }
    const { audits } = (await ask('repeatingAudits', { headers })).body;
    const found = audits.find(({ name }: { name: string }) => name === NAME);
    expect(found).toMatchObject({ auto_trigger: true, moved: { vms: 1, back: 0 }, moved_reason: null, ask: [] });
    expect(found.asking.join(' ')).toContain(`${NAME}-2 is created with the same settings`);
    expect(audits.find(({ name }: { name: string }) => name === 'paused')).toMatchObject({ moved: null });
  });

  it('names audits whose interval keeps Watcher from taking up others', async () => {
    const headers = await open({ interval: 'every day' });
    const { body: list } = await ask('repeatingAudits', { headers });
    expect(list.blocked_by).toEqual([NAME]);
    expect(list.audits[0]).toMatchObject({ name: NAME, standing: 'unreadable', change: [], end: [] });
  });
});
