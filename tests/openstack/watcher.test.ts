import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listActionPlans, listActions, listAudits } from '@/lib/openstack/watcher';
import { open, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();

describe('the Watcher client', () => {
  const serve = (path: string, name: string) =>
    http.get(`${WATCHER}/v1/${path}`, ({ request }) => {
      expect(request.headers.get('openstack-api-version')).toBe('infra-optim 1.4');
      return HttpResponse.json(recording(name));
    });

  it('reads audits of every type and state, with naive times as UTC', async () => {
    server.use(serve('audits/detail', 'watcher-audits-detail'));
    const audits = await listAudits(open());
    const states = new Set(audits.map(({ state }) => state));
    for (const state of ['SUCCEEDED', 'FAILED', 'PENDING', 'ONGOING', 'SUSPENDED', 'CANCELLED'])
      expect(states).toContain(state);
    expect(audits.find(({ name }) => name === 'dummy-run')?.strategy).toBeNull();
    const planned = audits.find(({ nextRunAt }) => nextRunAt !== null);
    const wire = (recording('watcher-audits-detail') as { audits: { uuid: string; next_run_time: string | null }[] })
      .audits;
    const said = wire.find(({ uuid }) => uuid === planned?.id)?.next_run_time;
    expect(planned?.nextRunAt).toBe(Date.parse(`${said}Z`));
  });

  it('reads the efficacy of plans as a list in every release’s form', async () => {
    server.use(serve('action_plans/detail', 'watcher-action-plans-detail'));
    const plans = await listActionPlans(open());
    expect(plans.find(({ efficacy }) => efficacy.length > 0)?.efficacy[0]).toMatchObject({
      name: expect.any(String),
      value: expect.any(Number),
    });
    const plan = { uuid: 'p', state: 'RECOMMENDED', created_at: '2026-01-01T00:00:00+00:00' };
    server.use(
      http.get(`${WATCHER}/v1/action_plans/detail`, () =>
        HttpResponse.json({
          action_plans: [
            { ...plan, uuid: 'object', global_efficacy: {}, efficacy_indicators: null },
            { ...plan, uuid: 'one', global_efficacy: { name: 'ratio', unit: '%', value: '5' } },
          ],
        }),
      ),
    );
    expect((await listActionPlans(open())).map(({ globalEfficacy }) => globalEfficacy)).toEqual([
      [],
      [{ name: 'ratio', unit: '%', description: null, value: null }],
    ]);
  });

  it('reads actions with their parameters, even a migration without a destination', async () => {
    server.use(serve('actions/detail', 'watcher-actions-of-maintain-compute-2'));
    const actions = await listActions(open(), { planId: 'd370445f-45f1-4a7a-9b71-feb2426a7eaa' });
    const moves = actions.filter(({ type }) => type === 'migrate');
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.every(({ parameters }) => !('destination_node' in parameters))).toBe(true);
    expect(actions.find(({ type }) => type === 'change_nova_service_state')?.parents).toEqual([]);
  });

  it('returns actions in order of creation, including unknown states and types', async () => {
    const { actions } = recording('watcher-actions-of-balance-cpu-1');
    const odd = { ...actions[0], uuid: 'odd', action_type: 'teleport', state: 'SKIPPED', parents: null };
    const orphan = { ...actions[0], uuid: 'orphan', action_plan_uuid: null };
    server.use(
      http.get(`${WATCHER}/v1/actions/detail`, () =>
        HttpResponse.json({ actions: [odd, orphan, ...[...actions].reverse()] }),
      ),
    );
    const read = await listActions(open());
    expect(read.map(({ id }) => id)).toEqual([...actions.map(({ uuid }: { uuid: string }) => uuid), 'odd']);
    expect(read.at(-1)).toMatchObject({ type: 'teleport', state: 'SKIPPED', parents: [], statusMessage: null });
  });

  it('leaves names, times and parameters unknown if the first release lacks them', async () => {
    server.use(
      http.get(`${WATCHER}/v1/audits/detail`, () =>
        HttpResponse.json({
          audits: [
            {
              uuid: 'a',
              audit_type: 'CONTINUOUS',
              state: 'ODD',
              goal_name: null,
              strategy_name: null,
              parameters: null,
              interval: 3600,
              created_at: '2026-01-01T00:00:00.123456',
            },
          ],
        }),
      ),
    );
    expect(await listAudits(open())).toEqual([
      expect.objectContaining({
        id: 'a',
        name: 'a',
        state: 'ODD',
        goal: '',
        strategy: null,
        parameters: {},
        scope: [],
        interval: '3600',
        createdAt: Date.parse('2026-01-01T00:00:00.123Z'),
        nextRunAt: null,
        statusMessage: null,
      }),
    ]);
  });
});
