import { describe, expect, it } from 'vitest';
import { openScene, type Scene } from './acting';
import { created, DUMMY } from './plans';

/** Audits that people create, compared with what Watcher was seen to answer. */

const create = (scene: Scene, body: unknown) => scene.watcher('POST', 'audits', { body });

describe('creating an audit', () => {
  it('answers it, PENDING, with its address and a name made up from the strategy', async () => {
    const { answer } = await created(openScene(), { ...DUMMY, strategy: 'dummy', parameters: { para1: 4.5 } });
    expect(answer.body).toMatchObject({
      name: 'dummy-2026-03-01T12:00:00.000000',
      state: 'PENDING',
      goal_name: 'dummy',
      strategy_name: 'dummy',
      parameters: { para1: 4.5 },
      hostname: null,
      updated_at: null,
    });
    expect(answer.headers.get('location')).toMatch(/\/v1\/audits\/[0-9a-f-]{36}$/);
  });

  it.each<[string, unknown, number, string]>([
    [
      'no type',
      { goal: 'dummy' },
      400,
      "Invalid input for field/attribute audit_type. Value: 'None'. Mandatory field missing.",
    ],
    ['another type', { goal: 'dummy', audit_type: 'SOMETIMES' }, 400, 'Audit type SOMETIMES could not be found'],
    ['no goal', { audit_type: 'ONESHOT' }, 400, 'A valid goal or audit_template_id must be provided'],
    ['an unknown goal', { ...DUMMY, goal: 'nonsense' }, 404, 'Goal nonsense could not be found'],
    ['an unknown strategy', { ...DUMMY, strategy: 'nonsense' }, 404, 'Strategy nonsense could not be found'],
    [
      'an unknown template',
      { audit_type: 'ONESHOT', audit_template_uuid: 'x' },
      400,
      'The audit template UUID or name specified is invalid',
    ],
    [
      'template and goal',
      { ...DUMMY, audit_template_uuid: 'x' },
      400,
      'Either audit_template_uuid or goal should be provided.',
    ],
    ['no interval', { ...DUMMY, audit_type: 'CONTINUOUS' }, 400, 'Interval of audit must be specified for CONTINUOUS.'],
    ['an interval too many', { ...DUMMY, interval: '600' }, 400, 'Interval of audit must not be set for ONESHOT.'],
    [
      'an interval as a number',
      { ...DUMMY, audit_type: 'CONTINUOUS', interval: 600 },
      400,
      "Invalid input for field/attribute interval. Value: '600'. Wrong type. Expected '<class 'str'>', got '<class 'int'>'",
    ],
    [
      'an interval that is neither seconds nor cron',
      { ...DUMMY, audit_type: 'CONTINUOUS', interval: 'every day' },
      500,
      'Exactly 5, 6 or 7 columns has to be specified for iterator expression.',
    ],
    [
      'a start time',
      { ...DUMMY, start_time: '2026-03-02' },
      400,
      'Start or End time of audit must not be set for ONESHOT.',
    ],
    [
      'parameters without a strategy',
      { ...DUMMY, parameters: { a: 1 } },
      400,
      'Specify parameters but no predefined strategy for audit, or no parameter spec in predefined strategy',
    ],
    [
      'unknown parameters',
      { goal: 'unclassified', strategy: 'actuator', audit_type: 'ONESHOT', parameters: { nonsense: 1 } },
      400,
      'Audit parameter nonsense are not allowed',
    ],
    [
      'a state',
      { ...DUMMY, state: 'SUCCEEDED' },
      400,
      "Invalid input for field/attribute state. Value: 'SUCCEEDED'. Cannot set read only field.",
    ],
    [
      'a scope',
      { ...DUMMY, scope: [{ compute: [{ host_aggregates: [{ name: '*' }] }] }] },
      400,
      "Invalid input for field/attribute scope. Value: '[{'compute': [{'host_aggregates': [{'name': '*'}]}]}]'. Cannot set read only field.",
    ],
    ['an unknown field', { ...DUMMY, colour: 'red' }, 400, 'Unknown attribute for argument audit_p: colour'],
    ['what is not JSON', '{', 400, 'Request is not in valid JSON format'],
  ])('is refused with %s', async (_, body, status, words) => {
    expect(await create(openScene(), body)).toMatchObject({ status, words });
  });

  it('cuts the name, which must be new, and is for admins', async () => {
    const scene = openScene();
    const long = { ...DUMMY, name: 'x'.repeat(100) };
    expect((await created(scene, long)).audit.name).toHaveLength(63);
    expect(await create(scene, long)).toMatchObject({
      status: 409,
      words: `An audit with UUID or name ${'x'.repeat(63)} already exists`,
    });
    expect(await scene.watcher('POST', 'audits', { body: DUMMY, as: 'reader' })).toMatchObject({
      status: 403,
      words: "Policy doesn't allow audit:create to be performed.",
    });
  });
});
