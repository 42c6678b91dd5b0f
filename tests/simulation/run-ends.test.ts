import { describe, expect, it } from 'vitest';
import { hostAt } from '@/lib/simulation/model';
import { openScene } from './acting';
import { patchState, stabilization, start, toState } from './plans';

/** How runs are stopped, by people, by lost appliers and by time. */

describe('cancelling a run', () => {
  it('lets what runs end from 2026.1 on, and cancels the rest', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 3, 1);
    await start(scene, plan);
    scene.at(25);
    await patchState(scene, plan, 'CANCELLING');
    expect(scene.states(plan)).toBe('CANCELLING: SUCCEEDED ONGOING PENDING');
    scene.at(41);
    expect(scene.states(plan)).toBe('CANCELLED: SUCCEEDED SUCCEEDED CANCELLED');
  });

  it('changes nothing if all its actions run already: it is SUCCEEDED in the end', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 2);
    await start(scene, plan);
    scene.at(10);
    await patchState(scene, plan, 'CANCELLING');
    scene.at(41);
    expect(scene.states(plan)).toBe('SUCCEEDED: SUCCEEDED SUCCEEDED');
  });

  it('aborts live moves in 2025.2', async () => {
    const scene = openScene({ release: '2025.2' });
    const { plan, servers, source } = stabilization(scene, 3, 2);
    await start(scene, plan);
    scene.at(10);
    await patchState(scene, plan, 'CANCELLING');
    scene.at(11);
    expect(scene.states(plan)).toBe('CANCELLED: CANCELLED CANCELLED CANCELLED');
    expect(servers.map((server) => hostAt(server, Number.POSITIVE_INFINITY))).toEqual([source, source, source]);
    expect(scene.simulation.cloud.migrations.slice(-2).map(({ ended }) => ended)).toEqual(['cancelled', 'cancelled']);
  });

  it('aborts nothing if the release changes before the applier has noticed', async () => {
    const scene = openScene({ release: '2025.2' });
    const { plan } = stabilization(scene, 1);
    await start(scene, plan);
    scene.at(10);
    await patchState(scene, plan, 'CANCELLING');
    await scene.control('PUT', 'release', '2026.2');
    scene.at(30);
    expect(scene.states(plan)).toBe('SUCCEEDED: SUCCEEDED');
  });

  it('leaves actions behind in 2025.1: the plan is FAILED at once, and Nova goes on with what runs', async () => {
    const scene = openScene({ release: '2025.1' });
    const { plan, servers, source } = stabilization(scene, 3, 2);
    await start(scene, plan);
    scene.at(10);
    await patchState(scene, plan, 'CANCELLING');
    scene.at(11);
    expect(scene.states(plan)).toBe('FAILED: ONGOING ONGOING PENDING');
    scene.at(60);
    expect(scene.states(plan)).toBe('FAILED: ONGOING ONGOING PENDING');
    expect(servers.map((server) => hostAt(server, Number.POSITIVE_INFINITY) === source)).toEqual([false, false, true]);
    expect(scene.simulation.cloud.migrations.slice(-2).map(({ ended }) => ended)).toEqual(['completed', 'completed']);
  });

  it('takes a waiting plan out of the queue', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    await scene.control('PUT', `plans/${plan.id}`, 'hold');
    await start(scene, plan);
    scene.at(60);
    expect(plan.state).toBe('PENDING');
    await patchState(scene, plan, 'CANCELLED');
    await scene.control('PUT', `plans/${plan.id}`, 'release');
    scene.at(120);
    expect(scene.states(plan)).toBe('CANCELLED: CANCELLED');
  });

  it('comes too late for a plan that an applier takes at that moment: it runs all the same', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    await scene.control('PUT', 'race', 500);
    await start(scene, plan);
    scene.at(0.8);
    await patchState(scene, plan, 'CANCELLED');
    expect(scene.states(plan)).toBe('CANCELLED: CANCELLED');
    scene.at(1);
    expect(scene.states(plan)).toBe('ONGOING: ONGOING');
    scene.at(21);
    expect(scene.states(plan)).toBe('SUCCEEDED: SUCCEEDED');
  });

  it('also ends the plan that ran from the beginning', async () => {
    const scene = openScene({ audits: 40 });
    const { cloud } = scene.simulation;
    const audit = cloud.audits.find(({ name }) => name === 'by-hand');
    const plan = cloud.plans.find(({ auditId }) => auditId === audit?.id);
    if (!plan) throw new Error('There is no such plan.');
    scene.at(600);
    expect(plan.state).toBe('ONGOING');
    await patchState(scene, plan, 'CANCELLING');
    scene.at(620);
    expect(plan.state).toBe('CANCELLED');
    expect(plan.actions.map(({ state }) => state).slice(0, 4)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
      'SUCCEEDED',
      'CANCELLED',
    ]);
  });
});

describe('plans that ran from the beginning', () => {
  it('stay as they are in a cloud for tests, and go on one after the other in a lively one', () => {
    const seen = (lively: boolean) => {
      const scene = openScene({ audits: 40, lively });
      const { audits, plans } = scene.simulation.cloud;
      return [0, 25, 60, 100].map((seconds) => {
        scene.at(seconds);
        return ['by-hand', 'being-stopped', 'just-started'].map((name) => {
          const audit = audits.find((one) => one.name === name);
          return plans.find(({ auditId }) => auditId === audit?.id)?.state;
        });
      });
    };
    const still = ['ONGOING', 'CANCELLING', 'PENDING'];
    expect(seen(false)).toEqual([still, still, still, still]);
    expect(seen(true)).toEqual([
      still,
      ['ONGOING', 'CANCELLED', 'PENDING'],
      ['ONGOING', 'CANCELLED', 'PENDING'],
      ['FAILED', 'CANCELLED', 'SUCCEEDED'],
    ]);
  });
});

describe('appliers', () => {
  it('that are gone leave a started plan PENDING, and take it when one is back', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    await scene.control('PUT', 'appliers', 0);
    await start(scene, plan);
    scene.at(7_200);
    expect(plan.state).toBe('PENDING');
    const { body } = await scene.watcher('GET', 'services/detail');
    expect(body).toMatchObject({
      services: [
        { name: 'watcher-applier', status: 'FAILED', last_seen_up: '2026-03-01T11:59:55' },
        { name: 'watcher-decision-engine', status: 'ACTIVE' },
      ],
    });
    await scene.control('PUT', 'appliers', 1);
    expect(plan.state).toBe('ONGOING');
    scene.at(7_220);
    expect(plan.state).toBe('SUCCEEDED');
  });

  it('that die leave their plan ONGOING; it is CANCELLED when one is back, and Nova goes on', async () => {
    const scene = openScene();
    const { plan, servers, target } = stabilization(scene, 2, 1);
    await start(scene, plan);
    scene.at(10);
    await scene.control('PUT', 'appliers', 0);
    scene.at(60);
    expect(scene.states(plan)).toBe('ONGOING: ONGOING PENDING');
    expect(servers[0] && hostAt(servers[0], Number.POSITIVE_INFINITY)).toBe(target);
    await scene.control('PUT', 'appliers', 1);
    expect(scene.states(plan)).toBe('CANCELLED: CANCELLED CANCELLED');
    expect(plan.statusMessage).toContain('because Applier ctl-1 was stopped');
  });
});

describe('proposals', () => {
  it('expire after a day, at the next look of Watcher', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 1);
    scene.at(24 * 3_600 - 1);
    expect(plan.state).toBe('RECOMMENDED');
    scene.at(24 * 3_600 + 1_800);
    expect((await start(scene, plan)).words).toBe("Couldn't start when state is 'SUPERSEDED'.");
  });

  it('can expire between a skip and the start', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 2);
    await scene.control('PUT', `plans/${plan.id}`, 'expire-after-skip');
    await scene.watcher('PATCH', `actions/${plan.actions[0]?.id}`, { body: toState('SKIPPED') });
    expect((await start(scene, plan)).words).toBe("Couldn't start when state is 'SUPERSEDED'.");
    expect(scene.states(plan)).toBe('SUPERSEDED: SKIPPED PENDING');
  });

  it('are replaced by the next run of their audit', async () => {
    const scene = openScene();
    const { plan } = stabilization(scene, 2, 1);
    const { body } = await scene.control('PUT', `plans/${plan.id}`, 'replace');
    expect((await start(scene, plan)).words).toBe("Couldn't start when state is 'CANCELLED'.");
    const [made] = scene.simulation.cloud.plans;
    expect(body).toMatchObject({ id: made?.id, state: 'RECOMMENDED' });
    expect(made?.actions[1]?.parents).toEqual([made?.actions[0]?.id]);
  });
});
