import { describe, expect, it } from 'vitest';
import { openScene } from './acting';
import { planIn, replace, toState } from './plans';

/** Answers to writes, compared with what Watcher 17 (OpenStack 2026.2) and 14 (2025.1) were seen to answer. */

const NOBODY = '00000000-0000-0000-0000-000000000000';
const refused = (from: string, to: string) =>
  `Couldn't apply patch '[{'path': '/state', 'op': 'replace', 'value': '${to}'}]'. Reason: State transition not allowed: (${from} -> ${to})`;

describe('starting a plan', () => {
  it('answers the plan, which is PENDING, with a request id', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    const { status, body, headers } = await scene.watcher('POST', `action_plans/${plan.id}/start`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ uuid: plan.id, state: 'PENDING', hostname: null, status_message: null });
    expect(body).toMatchObject({ updated_at: '2026-03-01T12:00:00+00:00' });
    expect(headers.get('x-openstack-request-id')).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  it.each(['PENDING', 'ONGOING', 'CANCELLING', 'SUCCEEDED', 'CANCELLED', 'SUPERSEDED'])(
    'is refused when the plan is %s',
    async (state) => {
      const scene = openScene();
      const plan = await planIn(scene, state);
      const { status, words } = await scene.watcher('POST', `action_plans/${plan.id}/start`);
      expect([status, words]).toEqual([400, `Couldn't start when state is '${state}'.`]);
    },
  );

  it.each([
    ['an unknown plan', `${NOBODY}/start`, 404, `ActionPlan ${NOBODY} could not be found`],
    [
      'what is no UUID',
      'nonsense/start',
      400,
      "Invalid input for field/attribute action_plan_uuid. Value: 'nonsense'. unable to convert to uuid. Error: Expected a uuid but received nonsense",
    ],
    ['the list of plans', '', 405, 'Method Not Allowed'],
  ])('is refused for %s', async (_, path, status, words) => {
    expect(await openScene().watcher('POST', `action_plans/${path}`.replace(/\/$/, ''))).toMatchObject({
      status,
      words,
    });
  });

  it('works for a plan whose audit is gone', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    plan.auditId = null;
    expect((await scene.watcher('POST', `action_plans/${plan.id}/start`)).status).toBe(200);
  });

  it('is accepted twice if the second comes before the first was written', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    await scene.control('PUT', 'race', 500);
    const answers = [1, 2].map(() => scene.watcher('POST', `action_plans/${plan.id}/start`));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await scene.control('GET', `plans/${plan.id}`)).body).toMatchObject({ state: 'PENDING', starts: 2 });
  });
});

describe('patching a plan', () => {
  const allowed: [string, string][] = [
    ['RECOMMENDED', 'PENDING'],
    ['RECOMMENDED', 'CANCELLED'],
    ['PENDING', 'CANCELLED'],
    ['ONGOING', 'CANCELLING'],
  ];

  it.each(allowed)('from %s to %s works', async (from, to) => {
    const scene = openScene();
    const plan = await planIn(scene, from);
    const { status, body } = await scene.watcher('PATCH', `action_plans/${plan.id}`, { body: toState(to) });
    expect([status, body]).toMatchObject([200, { state: to }]);
  });

  it.each([
    ['RECOMMENDED', 'SUCCEEDED'],
    ['RECOMMENDED', 'CANCELLING'],
    ['PENDING', 'CANCELLING'],
    ['ONGOING', 'CANCELLED'],
    ['CANCELLING', 'CANCELLING'],
    ['SUCCEEDED', 'PENDING'],
    ['SUPERSEDED', 'PENDING'],
  ])('from %s to %s is refused', async (from, to) => {
    const scene = openScene();
    const plan = await planIn(scene, from);
    const { status, words } = await scene.watcher('PATCH', `action_plans/${plan.id}`, { body: toState(to) });
    expect([status, words]).toEqual([400, refused(from, to)]);
    expect(plan.state).toBe(from);
  });

  it('cancels its actions, also skipped ones, which keep their message', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    const [first] = plan.actions;
    const body = [...toState('SKIPPED'), ...replace('/status_message', 'not this one')];
    await scene.watcher('PATCH', `actions/${first?.id}`, { body });
    await scene.watcher('PATCH', `action_plans/${plan.id}`, { body: toState('CANCELLED') });
    expect(scene.states(plan)).toBe('CANCELLED: CANCELLED CANCELLED');
    expect(first?.statusMessage).toBe('Action skipped by user. Reason: not this one');
    expect((await scene.watcher('GET', `action_plans/${plan.id}`)).body).toMatchObject({ hostname: null });
  });

  it.each([
    [
      'a state that does not exist',
      toState('PAUSED'),
      "Invalid input for field/attribute patch. Value: '[{'op': 'replace', 'path': '/state', 'value': 'PAUSED'}]'. Couldn't apply patch '{'path': '/state', 'op': 'replace', 'value': 'PAUSED'}'. Reason: Invalid state: PAUSED",
    ],
    [
      'its message',
      replace('/status_message', 'hello'),
      "'/status_message' is an internal attribute and can not be updated",
    ],
    [
      'another field',
      replace('/global_efficacy', []),
      "Couldn't apply patch '[{'path': '/global_efficacy', 'op': 'replace', 'value': []}]'. Reason: State transition not allowed: (RECOMMENDED -> RECOMMENDED)",
    ],
    ['what is not JSON', '{', 'Request is not in valid JSON format'],
  ])('refuses %s', async (_, body, words) => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    expect(await scene.watcher('PATCH', `action_plans/${plan.id}`, { body })).toMatchObject({ status: 400, words });
  });
});

describe('archiving a plan', () => {
  it.each(['RECOMMENDED', 'SUCCEEDED', 'CANCELLED', 'SUPERSEDED'])('works when it is %s, once', async (state) => {
    const scene = openScene();
    const plan = await planIn(scene, state);
    expect(await scene.watcher('DELETE', `action_plans/${plan.id}`)).toMatchObject({ status: 204, body: null });
    expect(await scene.watcher('DELETE', `action_plans/${plan.id}`)).toMatchObject({
      status: 404,
      words: `ActionPlan ${plan.id} could not be found`,
    });
    expect((await scene.watcher('GET', `action_plans/${plan.id}`)).status).toBe(404);
    const { body } = await scene.watcher('GET', `actions?action_plan_uuid=${plan.id}`);
    expect(body).toEqual({ actions: [] });
  });

  it.each(['PENDING', 'ONGOING', 'CANCELLING'])('is refused when it is %s', async (state) => {
    const scene = openScene();
    const plan = await planIn(scene, state);
    expect(await scene.watcher('DELETE', `action_plans/${plan.id}`)).toMatchObject({
      status: 400,
      words: `Couldn't delete when state is '${state}'.`,
    });
  });
});

describe('who may act', () => {
  it.each([
    ['POST', (plan: string) => `action_plans/${plan}/start`, 'action_plan:start'],
    ['PATCH', (plan: string) => `action_plans/${plan}`, 'action_plan:update'],
    ['DELETE', (plan: string) => `action_plans/${plan}`, 'action_plan:delete'],
    ['GET', () => 'audits/detail', 'audit:detail'],
  ])('refuses %s to a reader', async (method, path, rule) => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    const body = method === 'PATCH' ? toState('CANCELLED') : undefined;
    const { status, words } = await scene.watcher(method, path(plan.id), { as: 'reader', body });
    expect([status, words]).toEqual([403, `Policy doesn't allow ${rule} to be performed.`]);
    expect(plan.state).toBe('RECOMMENDED');
  });

  it('answers 401 without a token, and 406 for a version that does not exist', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    const start = `action_plans/${plan.id}/start`;
    expect((await scene.watcher('POST', start, { as: '' })).status).toBe(401);
    expect((await scene.watcher('POST', start, { version: 'infra-optim 1.99' })).status).toBe(406);
    expect(plan.state).toBe('RECOMMENDED');
  });
});

describe('older releases', () => {
  it('have fewer microversions, and no request ids up to 2025.1', async () => {
    const seen = async (release: 'zed' | '2025.1' | '2025.2' | '2026.1' | '2026.2') => {
      const { headers } = await openScene({ release }).watcher('GET', 'action_plans');
      return [headers.get('openstack-api-maximum-version'), headers.has('x-openstack-request-id')];
    };
    expect(await seen('zed')).toEqual(['infra-optim 1.4', false]);
    expect(await seen('2025.1')).toEqual(['infra-optim 1.4', false]);
    expect(await seen('2025.2')).toEqual(['infra-optim 1.5', true]);
    expect(await seen('2026.1')).toEqual(['infra-optim 1.6', true]);
    expect(await seen('2026.2')).toEqual(['infra-optim 1.7', true]);
  });

  it('do not know the message of a plan', async () => {
    const scene = openScene({ release: '2025.1' });
    const plan = await planIn(scene, 'RECOMMENDED');
    expect(
      await scene.watcher('PATCH', `action_plans/${plan.id}`, { body: replace('/status_message', 'hello') }),
    ).toMatchObject({
      status: 400,
      words:
        "Couldn't apply patch '[{'path': '/status_message', 'op': 'replace', 'value': 'hello'}]'. Reason: can't replace a non-existent object 'status_message'",
    });
  });
});
