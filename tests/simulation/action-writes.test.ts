import { describe, expect, it } from 'vitest';
import { openScene } from './acting';
import { planIn, replace, toState } from './plans';

/** Answers to writes, compared with what Watcher 17 (OpenStack 2026.2) and 14 (2025.1) were seen to answer. */

const NOBODY = '00000000-0000-0000-0000-000000000000';
describe('skipping an action', () => {
  const SKIP = toState('SKIPPED');
  const because = (reason: string) => [...SKIP, ...replace('/status_message', reason)];

  it('takes a reason, which can be changed later, and none', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'RECOMMENDED');
    const [first, second] = plan.actions;
    const skip = async (id: string | undefined, body: unknown) => {
      const answer = await scene.watcher('PATCH', `actions/${id}`, { body });
      return [
        answer.status,
        Object.entries(answer.body ?? {}).filter(([key]) => ['state', 'status_message'].includes(key)),
      ];
    };
    const skipped = (message: string) => [
      200,
      [
        ['state', 'SKIPPED'],
        ['status_message', message],
      ],
    ];
    expect(await skip(first?.id, SKIP)).toEqual(skipped('Action skipped by user.'));
    expect(await skip(second?.id, because('Licence'))).toEqual(skipped('Action skipped by user. Reason: Licence'));
    expect(await skip(second?.id, because('Other'))).toEqual(skipped('Action skipped by user. Reason: Other'));
    expect(await skip(second?.id, replace('/status_message', 'Third'))).toEqual(
      skipped('Action skipped by user. Reason: Third'),
    );
  });

  it.each<[string, unknown, number, string]>([
    ['to SUCCEEDED', toState('SUCCEEDED'), 409, 'State transition not allowed: (PENDING -> SUCCEEDED)'],
    [
      'a reason alone',
      replace('/status_message', 'x'),
      409,
      'status_message update only allowed when action state is SKIPPED',
    ],
    [
      'its parameters',
      replace('/input_parameters', {}),
      400,
      "'/input_parameters' is not an allowed attribute and can not be updated",
    ],
    [
      'its state removed',
      [{ op: 'remove', path: '/state' }],
      400,
      "'/state' is a mandatory attribute and can not be removed",
    ],
    [
      'a state that does not exist',
      toState('PAUSED'),
      400,
      "Invalid input for field/attribute patch. Value: '[{'op': 'replace', 'path': '/state', 'value': 'PAUSED'}]'. Couldn't apply patch '{'path': '/state', 'op': 'replace', 'value': 'PAUSED'}'. Reason: Invalid state: PAUSED",
    ],
  ])('refuses %s', async (_, body, status, words) => {
    const scene = openScene();
    const [action] = (await planIn(scene, 'RECOMMENDED')).actions;
    expect(await scene.watcher('PATCH', `actions/${action?.id}`, { body })).toMatchObject({ status, words });
    expect(action?.state).toBe('PENDING');
  });

  it('fails for a reason that does not fit the column', async () => {
    const scene = openScene();
    const [action] = (await planIn(scene, 'RECOMMENDED')).actions;
    const answer = await scene.watcher('PATCH', `actions/${action?.id}`, { body: because('z'.repeat(600)) });
    expect(answer.status).toBe(500);
    expect(answer.words).toContain("Data too long for column 'status_message'");
  });

  it('has no way back', async () => {
    const scene = openScene();
    const [action] = (await planIn(scene, 'RECOMMENDED')).actions;
    await scene.watcher('PATCH', `actions/${action?.id}`, { body: SKIP });
    expect(await scene.watcher('PATCH', `actions/${action?.id}`, { body: toState('PENDING') })).toMatchObject({
      status: 409,
      words: 'State transition not allowed: (SKIPPED -> PENDING)',
    });
  });

  it('is refused once the plan runs, and when the action is over', async () => {
    const scene = openScene();
    const plan = await planIn(scene, 'ONGOING');
    const skip = (position: number) => scene.watcher('PATCH', `actions/${plan.actions[position]?.id}`, { body: SKIP });
    expect(await skip(1)).toMatchObject({
      status: 409,
      words: 'State update not allowed for actionplan state: ONGOING',
    });
    scene.at(60);
    expect(await skip(0)).toMatchObject({ status: 409, words: 'State transition not allowed: (SUCCEEDED -> SKIPPED)' });
  });

  it('needs microversion 1.5, and is not there in 2025.1', async () => {
    const scene = openScene();
    const [action] = (await planIn(scene, 'RECOMMENDED')).actions;
    const call = { body: SKIP, version: 'infra-optim 1.4' };
    expect(await scene.watcher('PATCH', `actions/${action?.id}`, call)).toMatchObject({
      status: 400,
      words: 'API microversion 1.5 or higher is required.',
    });
    scene.simulation.engine.setRelease('2025.1');
    expect(await scene.watcher('PATCH', `actions/${action?.id}`, call)).toMatchObject({
      status: 403,
      words: 'Cannot modify an action directly',
    });
  });

  it('answers 404 for an unknown action, and 405 for deleting one', async () => {
    const scene = openScene();
    expect(await scene.watcher('PATCH', `actions/${NOBODY}`, { body: SKIP })).toMatchObject({
      status: 404,
      words: `Action ${NOBODY} could not be found`,
    });
    expect((await scene.watcher('DELETE', `actions/${NOBODY}`)).status).toBe(405);
  });
});
