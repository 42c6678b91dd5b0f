import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { serveRepeatingCsv } from '@/lib/dashboard/http/repeating-csv';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

/** Creating audits: what is offered, what is refused before Watcher sees it, and what becomes of it. */

const served = servedCloud(CLOUD, ACTS);

async function open(user = 'ops') {
  served.configure({ DATA_DIR: folder() });
  // Without force, an audit gives up while a plan runs.
  for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
  return asUser(served.simulation, user);
}

const BALANCE = { name: 'even-out', strategy: 'workload_stabilization', type: 'ONESHOT', parameters: {} };
const body = (settings: Record<string, unknown>, more = {}) => ({
  settings: { ...BALANCE, ...settings },
  reason: 'az-a runs hot',
  ...more,
});
const create = (headers: Record<string, string>, settings: Record<string, unknown>, more = {}) =>
  send('createAudit', { params: {}, headers, body: body(settings, more) });
const check = async (headers: Record<string, string>, settings: Record<string, unknown>) => {
  const query = `?settings=${encodeURIComponent(JSON.stringify({ ...BALANCE, ...settings }))}`;
  return (await ask('newAuditCheck', { headers, query })).body;
};
const audits = () => served.simulation.cloud.audits;
const named = (name: string) => audits().find((audit) => audit.name === name);

describe('the form of a new audit', () => {
  it('offers the strategies that people use, and says why it does not offer others', async () => {
    const headers = await open();
    const { body: form } = await ask('newAudit', { headers });
    const offered = form.goals.flatMap((goal: { strategies: { name: string }[] }) =>
      goal.strategies.map(({ name }) => name),
    );
    expect(offered).toEqual([
      'workload_stabilization',
      'workload_balance',
      'vm_workload_consolidation',
      'node_resource_consolidation',
      'basic',
      'host_maintenance',
      'zone_migration',
    ]);
    expect(form.not_offered).toContainEqual({
      strategy: 'saving_energy',
      reason: expect.stringContaining('powers off random empty hosts'),
    });
    // Of its last runs, as its plans say.
    const [{ strategies }] = form.goals;
    expect(strategies[1]).toMatchObject({ name: 'workload_balance', past: { fewest: 1, most: 4 } });
    expect(form.hosts).toHaveLength(CLOUD.hosts);
    expect(form.zones).toEqual(['az-a']);
    expect(form.aggregates).toContain('zone-a');
  });

  it('begins with the settings of another audit, without its right to start plans', async () => {
    const headers = await open();
    Object.assign(named('balance-every-10-min') ?? {}, { autoTrigger: true });
    const { body: form } = await ask('newAudit', { headers, query: '?like=balance-every-10-min' });
    expect(form.begin).toMatchObject({
      name: 'balance-every-10-min-2',
      strategy: 'workload_balance',
      type: 'CONTINUOUS',
      interval: '600',
      parameters: { threshold: 25 },
    });
    expect(form.begin).not.toHaveProperty('auto_trigger');
    expect(form.like_reason).toContain('starts its plans without asking');
  });
});

describe('the check of settings', () => {
  it('counts what the scope covers, and names what stays', async () => {
    const headers = await open();
    const [first] = served.simulation.cloud.hosts;
    const all = await check(headers, {});
    const without = await check(headers, { scope: { zones: ['az-a'], without_hosts: [first?.name] } });
    expect([all.covers.hosts.length, all.covers.others]).toEqual([8, []]);
    expect([without.covers.hosts.length, without.covers.others]).toEqual([7, [first?.name]]);
    expect(without.covers.vms).toBeLessThan(all.covers.vms);
    expect(without.will[0]).toContain(`7 hosts and ${without.covers.vms} VMs in az-a`);
    const facts = without.facts.map(({ text }: { text: string }) => text.replace(/\s/g, ' '));
    expect(facts).toContain('CPU is measured for 7 of 7 hosts.');
    expect(facts.join()).toMatch(/(Would act|Would find nothing) now: the spread of CPU is 0\.\d{3}/);
  });

  it.each([
    ['a name of digits', { name: '12345' }, 'name', 'taken for an id'],
    ['a long name', { name: 'x'.repeat(64) }, 'name', '64 characters'],
    ['a taken name', { name: 'nothing-to-do' }, 'name', 'called that already'],
    ['a strategy that is not offered', { strategy: 'saving_energy' }, 'strategy', 'not offered'],
    ['an unknown parameter', { parameters: { nonsense: 1 } }, 'parameters.nonsense', 'no parameter nonsense'],
    ['a wrong type', { parameters: { retry_count: 'many' } }, 'parameters.retry_count', 'number'],
    ['a number out of range', { parameters: { granularity: -1 } }, 'parameters.granularity', 'at least 1'],
    ['more tries than hosts', { parameters: { retry_count: 12 } }, 'parameters.retry_count', 'Use 1 to 7'],
    ['a host that Nova lacks', { scope: { without_hosts: ['nowhere'] } }, 'scope.without_hosts', 'nowhere'],
    ['an unknown zone', { scope: { zones: ['az-z'] } }, 'scope.zones', 'az-z'],
    ['more than one run a minute', { type: 'CONTINUOUS', interval: '5' }, 'interval', 'Give 60 seconds or more'],
    ['a bad cron', { type: 'CONTINUOUS', interval: '0 25 * * *' }, 'interval', 'outside its field'],
    ['an end in the past', { type: 'CONTINUOUS', interval: '600', end_at: '2020-01-01T00:00:00Z' }, 'end_at', 'over'],
  ])('refuses %s, and the act does so too', async (_, settings, field, words) => {
    const headers = await open();
    const before = audits().length;
    const { problems } = await check(headers, settings);
    expect(problems).toContainEqual({ field, text: expect.stringContaining(words) });
    const refused = await create(headers, settings);
    expect([refused.status, refused.body.type]).toEqual([409, '/api/problems/act-refused/']);
    expect(audits()).toHaveLength(before);
  });
});

describe('creating an audit', () => {
  it('creates it with the person’s token, and leads to its plan', async () => {
    const headers = await open();
    const { status, body: entry } = await create(headers, {});
    expect([status, entry.act, entry.person, entry.object_name]).toEqual([200, 'create-audit', 'ops', 'even-out']);
    const made = named('even-out');
    expect(made).toMatchObject({ state: 'PENDING', strategy: 'workload_stabilization', scope: [] });
    const progress = (await ask('auditProgress', { headers, params: { id: 'even-out' } })).body;
    expect(progress).toMatchObject({ audit_id: made?.id, phase: 'waiting' });
    const planned = await vi.waitFor(
      async () => {
        const { body: now } = await ask('auditProgress', { headers, params: { id: 'even-out' } });
        expect(now.phase).toBe('planned');
        return now;
      },
      { timeout: 20_000, interval: 500 },
    );
    // The pages know the plan by then.
    const { plans } = (await ask('auditPlans', { headers, params: { id: 'even-out' } })).body;
    expect(plans.map(({ id }: { id: string }) => id)).toEqual([planned.plan_id]);
  });

  it('gives it a scope by a template that is gone afterwards', async () => {
    const headers = await open();
    const { status } = await create(headers, { scope: { zones: ['az-a'], without_projects: [] } });
    expect(status).toBe(200);
    expect(named('even-out')?.scope).toEqual([{ compute: [{ availability_zones: [{ name: 'az-a' }] }] }]);
    expect(served.simulation.cloud.templates).toEqual([]);
  });

  it('finds the audit by its name if Watcher’s answer was lost', async () => {
    const headers = await open();
    served.server.use(
      http.post('*/v1/audits', async ({ request }) => {
        await served.simulation.answer(request);
        return HttpResponse.error();
      }),
    );
    const { status, body: entry } = await create(headers, {});
    expect([status, entry.outcome]).toEqual([200, 'done']);
    expect(JSON.stringify(entry.outcomes)).toContain(`audit ${named('even-out')?.id}`);
  });

  it('deletes the template if Watcher refuses the audit', async () => {
    const headers = await open();
    const answer = { error_message: JSON.stringify({ faultstring: 'No more audits' }) };
    served.server.use(http.post('*/v1/audits', () => HttpResponse.json(answer, { status: 400 })));
    const { status, body: refused } = await create(headers, { scope: { zones: ['az-a'] } });
    expect([status, refused.detail]).toEqual([409, expect.stringContaining('No more audits')]);
    expect(served.simulation.cloud.templates).toEqual([]);
    expect(named('even-out')).toBeUndefined();
  });

  it('asks for the words before plans start without asking', async () => {
    const headers = await open();
    const often = { type: 'CONTINUOUS', interval: '600', auto_trigger: true };
    expect((await create(headers, often)).status).toBe(409);
    expect((await create(headers, often, { confirm: 'without asking' })).status).toBe(200);
    expect(named('even-out')).toMatchObject({ autoTrigger: true, interval: '600' });
  });

  it('is refused by Watcher for people who may only look', async () => {
    const headers = await open('reader');
    const { status } = await create(headers, {});
    expect(status).toBe(403);
    expect(named('even-out')).toBeUndefined();
  });

  it('is done once for the same key', async () => {
    const headers = await open();
    const key = 'one-key-for-one-audit';
    const sent = { params: {}, headers, key, body: body({}) };
    const [first, again] = [await send('createAudit', sent), await send('createAudit', sent)];
    expect([first.status, again.status, again.body.id]).toEqual([200, 200, first.body.id]);
    expect(audits().filter(({ name }) => name === 'even-out')).toHaveLength(1);
  });
});

describe('the register of repeating audits', () => {
  it('has what runs by itself, and plans of archived audits that can still be started', async () => {
    const headers = await open();
    const { body: list } = await ask('repeatingAudits', { headers });
    const names = list.audits.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['balance-every-10-min', 'paused', 'on-webhook']));
    expect(names).not.toContain('nothing-to-do');
    const orphans = served.simulation.cloud.plans.filter(
      ({ auditId, state }) => auditId === null && state === 'RECOMMENDED',
    );
    const file = await serveRepeatingCsv(new Request('http://visio.test/repeating-audits.csv', { headers }));
    const [head, ...rows] = (await file.text()).trim().split('\r\n');
    expect(head).toMatch(/^"?audit"?,/);
    expect(rows).toHaveLength(list.audits.length);
    expect(list.orphans.map(({ plan_id: id }: { plan_id: string }) => id)).toEqual(orphans.map(({ id }) => id));
  });
});

describe('acts on audits', () => {
  const act = async (name: 'suspendAudit' | 'resumeAudit' | 'endAudit' | 'archiveAudit', audit: string) => {
    const headers = await asUser(served.simulation, 'ops');
    return send(name, { params: { id: audit }, headers, body: { reason: 'freeze' } });
  };

  it('suspend, resume, end and archive a continuous audit', async () => {
    const headers = await open();
    const name = 'balance-every-10-min';
    expect((await act('suspendAudit', name)).status).toBe(200);
    expect(named(name)?.state).toBe('SUSPENDED');
    const here = { by: 'here', person: 'ops', reason: 'freeze', at: expect.any(String) };
    const { body: list } = await ask('repeatingAudits', { headers });
    expect(list.audits).toContainEqual(expect.objectContaining({ name, suspended: here }));
    const refused = await act('endAudit', name);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('resume it first')]);
    expect((await act('resumeAudit', name)).status).toBe(200);
    expect((await act('endAudit', name)).status).toBe(200);
    expect(named(name)?.state).toBe('CANCELLED');
    expect((await act('archiveAudit', name)).status).toBe(200);
    expect(named(name)?.deletedAt).toBeDefined();
  });

  it('change the interval only to what Watcher can read', async () => {
    const headers = await open();
    const change = (interval: string) =>
      send('changeInterval', {
        params: { id: 'balance-every-10-min' },
        headers,
        body: { interval, reason: 'too often' },
      });
    expect((await change('every day')).body.detail).toContain('Cron has five fields');
    expect((await change('59')).body.detail).toContain('Give 60 seconds or more');
    expect(named('balance-every-10-min')?.interval).toBe('600');
    expect((await change('0  2 * * 1-5')).status).toBe(200);
    expect(named('balance-every-10-min')?.interval).toBe('0 2 * * 1-5');
  });
});
