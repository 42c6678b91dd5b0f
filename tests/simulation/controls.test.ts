import { describe, expect, it } from 'vitest';
import { hostAt } from '@/lib/simulation/model';
import { openScene } from './acting';
import { stabilization, start } from './plans';

/** The controls below /_sim/, and faults that concern writes. */

describe('controls', () => {
  it.each([
    ['migrations', { seconds: 0 }, '"seconds" must be a positive number.'],
    ['migrations', { speed: 3 }, 'A script has no "speed"; it can have seconds, never, fail and refuse.'],
    ['migrations', { never: 'db-' }, 'Names must be a list of texts.'],
    ['appliers', -1, 'The number of appliers must be a whole number from 0 to 9.'],
    ['release', 'queens', 'There is no such release, only zed, 2025.1, 2025.2, 2026.1, 2026.2.'],
    ['race', 'soon', 'A time must be a number of milliseconds.'],
    ['withheld', ['nothing'], 'Strategies must be a list of their names.'],
  ])('refuse nonsense: %s %j', async (path, body, words) => {
    expect(await openScene().control('PUT', path, body)).toMatchObject({ status: 400, body: `${words}\n` });
  });

  it.each(['plans/none', 'servers/none', 'faults/none', 'nothing', 'plans'])('answer 404 for %s', async (path) => {
    expect((await openScene().control('PUT', path, 'hold')).status).toBe(404);
  });

  it('change the release, and read it back', async () => {
    const scene = openScene();
    await scene.control('PUT', 'release', '2025.1');
    expect((await scene.control('GET', 'release')).body).toBe('2025.1');
    expect((await scene.watcher('GET', 'action_plans', { version: 'infra-optim 1.5' })).status).toBe(406);
  });

  it('keep a strategy from being offered', async () => {
    const scene = openScene();
    await scene.control('PUT', 'withheld', ['actuator']);
    expect((await scene.watcher('GET', 'strategies/actuator')).status).toBe(404);
    expect((await scene.watcher('GET', 'strategies/host_maintenance')).status).toBe(200);
  });

  it('move a VM by hand, by its name', async () => {
    const scene = openScene();
    const { servers, target } = stabilization(scene, 1);
    const { body } = await scene.control('PUT', `servers/${servers[0]?.name}`, { host: target.name });
    expect(body).toEqual({ id: servers[0]?.id, host: target.name });
    expect(servers[0] && hostAt(servers[0], Number.POSITIVE_INFINITY)).toBe(target);
  });
});

describe('faults of writes', () => {
  it('lose the answer of a start that happened, once', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    await scene.control('PUT', 'faults/watcher', { lose: true, writes: true, times: 1 });
    expect((await scene.watcher('GET', `action_plans/${plan.id}`)).status).toBe(200);
    await expect(start(scene, plan)).rejects.toThrow();
    expect(plan.state).toBe('PENDING');
    expect((await start(scene, plan)).words).toBe("Couldn't start when state is 'PENDING'.");
  });

  it('refuse writes and leave reads alone', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    await scene.control('PUT', 'faults/watcher', { status: 503, writes: true });
    expect((await start(scene, plan)).status).toBe(503);
    expect(plan.state).toBe('RECOMMENDED');
    expect((await scene.watcher('GET', 'action_plans')).status).toBe(200);
  });
});
