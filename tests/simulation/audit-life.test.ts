import { describe, expect, it } from 'vitest';
import { openScene, type Scene } from './acting';
import { created, DUMMY, replace, stabilization, start, toState } from './plans';

/** What becomes of audits that people create, change and archive. */

describe('an audit that was created', () => {
  const actuator = (actions: unknown[], more = {}) => ({
    goal: 'unclassified',
    strategy: 'actuator',
    audit_type: 'ONESHOT',
    parameters: { actions },
    ...more,
  });
  const nop = (message: string) => ({ action_type: 'nop', input_parameters: { message } });

  it('is taken after a second; its plan is empty for a second, and then complete', async () => {
    const scene = openScene();
    const { audit, plan } = await created(scene, actuator([nop('one')]));
    const seen = [1, 2, 3].map((seconds) => {
      scene.at(seconds);
      return [audit.state, plan()?.state, plan()?.actions.length];
    });
    expect(seen).toEqual([
      ['ONGOING', undefined, undefined],
      ['ONGOING', 'RECOMMENDED', 0],
      ['SUCCEEDED', 'RECOMMENDED', 1],
    ]);
  });

  it('gives hand-made actions the order of the usual planner: heavy types first, moves two at a time', async () => {
    const scene = openScene();
    const { servers, source, target } = scene.movers(3);
    const moves = servers.map(({ id }) => ({
      action_type: 'migrate',
      resource_id: id,
      input_parameters: { migration_type: 'live', source_node: source.name, destination_node: target.name },
    }));
    const { plan } = await created(scene, actuator([...moves, nop('one'), nop('two')]));
    scene.at(3);
    const actions = plan()?.actions ?? [];
    const number = (id: string) => actions.findIndex((action) => action.id === id);
    expect(actions.map(({ type, parents }) => [type, ...parents.map(number)])).toEqual([
      ['nop'],
      ['nop', 0],
      ['migrate', 1],
      ['migrate', 1],
      ['migrate', 2, 3],
    ]);
    const made = plan();
    if (made) await start(scene, made);
    scene.at(64);
    expect(made?.state).toBe('SUCCEEDED');
    expect(servers.every(({ stays }) => stays.at(-1)?.host === target)).toBe(true);
  });

  it('proposes moves to even out the load, or ends with an empty plan that is SUCCEEDED', async () => {
    const scene = openScene();
    const balancing = { goal: 'workload_balancing', audit_type: 'ONESHOT' };
    const busy = await created(scene, { ...balancing, strategy: 'workload_stabilization' });
    const idle = await created(scene, { ...DUMMY, strategy: 'dummy' });
    scene.at(3);
    expect(busy.plan()?.actions.length).toBeGreaterThan(0);
    expect([idle.plan()?.state, idle.plan()?.actions]).toEqual(['SUCCEEDED', []]);
  });

  it('is CANCELLED without a word while a plan runs, unless it is forced', async () => {
    const scene = openScene();
    await start(scene, stabilization(scene, 1).plan);
    scene.at(5);
    const { audit } = await created(scene, actuator([nop('one')]));
    const { audit: forced } = await created(scene, actuator([nop('two')], { force: true, name: 'forced' }));
    scene.at(8);
    expect([audit.state, audit.statusMessage, forced.state]).toEqual(['CANCELLED', null, 'SUCCEEDED']);
  });

  it('makes its plan even if it was cancelled once it was taken, and not before', async () => {
    const scene = openScene();
    const cancel = (id: string) => scene.watcher('PATCH', `audits/${id}`, { body: toState('CANCELLED') });
    const early = await created(scene, actuator([nop('one')], { name: 'early' }));
    const late = await created(scene, actuator([nop('two')], { name: 'late' }));
    await cancel(early.audit.id);
    scene.at(1);
    await cancel(late.audit.id);
    expect(late.audit.state).toBe('CANCELLED');
    scene.at(3);
    expect([early.audit.state, early.plan()]).toEqual(['CANCELLED', undefined]);
    expect([late.audit.state, late.plan()?.state]).toEqual(['SUCCEEDED', 'RECOMMENDED']);
  });

  it('starts its plan by itself if that was asked for', async () => {
    const scene = openScene();
    const { plan } = await created(scene, actuator([nop('one')], { auto_trigger: true }));
    scene.at(4);
    expect(plan()?.state).toBe('SUCCEEDED');
  });
});

describe('changing audits', () => {
  const withState = (scene: Scene, state: string) => {
    const audit = scene.simulation.cloud.audits.find((one) => one.state === state);
    if (!audit) throw new Error('There is no such audit.');
    return audit;
  };

  it.each([
    ['SUCCEEDED', 'CANCELLED', 400],
    ['PENDING', 'SUSPENDED', 400],
    ['PENDING', 'CANCELLED', 200],
    ['ONGOING', 'SUSPENDED', 200],
    ['ONGOING', 'CANCELLED', 200],
    ['SUSPENDED', 'ONGOING', 200],
    ['SUSPENDED', 'CANCELLED', 400],
    ['SUCCEEDED', 'PAUSED', 400],
    ['SUCCEEDED', 'SUCCEEDED', 400],
  ])('from %s to %s answers %i', async (from, to, status) => {
    const scene = openScene({ audits: 40 });
    const audit = withState(scene, from);
    const answer = await scene.watcher('PATCH', `audits/${audit.id}`, { body: toState(to) });
    expect(answer.status).toBe(status);
    expect(audit.state).toBe(status === 200 ? to : from);
    if (status === 400) expect(answer.words).toContain(`State transition not allowed: (${from} -> ${to})`);
  });

  it.each([
    [
      'its message',
      replace('/status_message', 'hello'),
      "'/status_message' is an internal attribute and can not be updated",
    ],
    [
      'an unknown field',
      replace('/colour', 'red'),
      "Couldn't apply patch '[{'path': '/colour', 'op': 'replace', 'value': 'red'}]'. Reason: can't replace a non-existent object 'colour'",
    ],
    [
      'a state that is null',
      replace('/state', null),
      "Invalid input for field/attribute patch. Value: '[{'op': 'replace', 'path': '/state', 'value': None}]'. Couldn't apply patch '{'path': '/state', 'op': 'replace', 'value': None}'. Reason: /state can't be updated.",
    ],
    [
      'what is not a list',
      { state: 'CANCELLED' },
      "Invalid input for field/attribute patch. Value: '{'state': 'CANCELLED'}'. Value not a valid list: {'state': 'CANCELLED'}",
    ],
  ])('refuses %s', async (_, body, words) => {
    const scene = openScene({ audits: 40 });
    const { id } = withState(scene, 'SUCCEEDED');
    expect(await scene.watcher('PATCH', `audits/${id}`, { body })).toMatchObject({ status: 400, words });
  });

  it('takes any name and interval unchecked', async () => {
    const scene = openScene({ audits: 40 });
    const audit = withState(scene, 'ONGOING');
    const body = [...replace('/name', 'paused'), ...replace('/interval', 'every day')];
    expect((await scene.watcher('PATCH', `audits/${audit.id}`, { body })).status).toBe(200);
    expect([audit.name, audit.interval]).toEqual(['paused', 'every day']);
  });

  it('deletes those that are over, and their plans can still be started', async () => {
    const scene = openScene({ audits: 40 });
    const { audits, plans } = scene.simulation.cloud;
    const audit = audits.find(({ id, state }) => {
      const isWaiting = plans.some((plan) => plan.auditId === id && plan.state === 'RECOMMENDED');
      return isWaiting && state === 'SUCCEEDED';
    });
    const plan = plans.find(({ auditId }) => auditId === audit?.id);
    if (!plan || !audit) throw new Error('There is no such plan.');
    const remove = () => scene.watcher('DELETE', `audits/${audit.id}`);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
    expect(plan.auditId).toBeNull();
    expect((await start(scene, plan)).status).toBe(200);
    expect(await scene.watcher('DELETE', `audits/${withState(scene, 'ONGOING').id}`)).toMatchObject({
      status: 400,
      words: "Couldn't delete when state is 'ONGOING'.",
    });
  });
});

describe('webhooks', () => {
  it('let an EVENT audit run, also again, but not while a plan runs', async () => {
    const scene = openScene({ audits: 40 });
    const audit = scene.simulation.cloud.audits.find(({ type }) => type === 'EVENT');
    const call = () => scene.watcher('POST', `webhooks/${audit?.id}`);
    expect((await call()).status).toBe(202);
    scene.at(2);
    expect(audit?.state).toBe('SUCCEEDED');
    await start(scene, stabilization(scene, 1).plan);
    scene.at(5);
    expect((await call()).status).toBe(202);
    scene.at(9);
    expect(audit?.state).toBe('SUCCEEDED');
    expect(scene.simulation.cloud.plans.filter(({ auditId }) => auditId === audit?.id)).toHaveLength(1);
  });

  it('are for EVENT audits and admins', async () => {
    const scene = openScene({ audits: 40 });
    const oneshot = scene.simulation.cloud.audits.find(({ type }) => type === 'ONESHOT');
    const event = scene.simulation.cloud.audits.find(({ type }) => type === 'EVENT');
    const call = (id: string | undefined, as?: string) => scene.watcher('POST', `webhooks/${id}`, { as });
    expect((await call(oneshot?.id)).words).toBe('Audit type ONESHOT is disallowed.');
    expect((await call(event?.id, 'reader')).words).toBe("Policy doesn't allow webhook:trigger to be performed.");
    expect((await call('none')).words).toBe('Audit none could not be found');
  });
});
