import { describe, expect, it } from 'vitest';
import { hostAt, type SimPlan } from '@/lib/simulation/model';
import { openRandom } from '@/lib/simulation/random';
import { RELEASE_NAMES, type ReleaseName } from '@/lib/simulation/releases';
import { openScene, type Scene } from './acting';
import { patchState, start, toState } from './plans';

/** Whatever people do, the simulated cloud stays consistent, and it does not matter how often it is looked at. */

const END = 20_000;
/** So long that older releases lose their patience with moves that queue. */
const SECONDS = 60;

type Deed = { at: number; act(scene: Scene, plans: SimPlan[]): Promise<unknown> };

/** Random deeds in the order of their times; they choose plans and actions by number, so that they fit any scene. */
function deeds(seed: number): Deed[] {
  const random = openRandom(seed);
  const pick = <T>(items: T[]) => items[random.whole(0, items.length - 1)];
  return Array.from({ length: 40 }, (): Deed => {
    const [n, m] = [random.whole(0, 5), random.whole(0, 3)];
    const name = pick(['fail', 'never', 'refuse']) ?? 'fail';
    const acts: Deed['act'][] = [
      (scene, plans) => start(scene, at(plans, n)),
      (scene, plans) => start(scene, at(plans, n)),
      (scene, plans) => patchState(scene, at(plans, n), 'CANCELLED'),
      (scene, plans) => patchState(scene, at(plans, n), 'CANCELLING'),
      (scene, plans) => scene.watcher('PATCH', `actions/${at(plans, n).actions[m]?.id}`, { body: toState('SKIPPED') }),
      (scene, plans) => scene.control('DELETE', `servers/${at(plans, n).actions[m]?.parameters.resource_id}`),
      (scene) => scene.control('PUT', 'appliers', m),
      (scene, plans) =>
        scene.control('PUT', 'migrations', {
          seconds: SECONDS,
          [name]: [at(plans, n).actions[m]?.parameters.resource_name],
        }),
      (scene, plans) => abortOf(scene, at(plans, n), m),
    ];
    return { at: random.between(0, 400), act: pick(acts) ?? (async () => {}) };
  }).sort((a, b) => a.at - b.at);
}

function at(plans: SimPlan[], position: number): SimPlan {
  const plan = plans[position % plans.length];
  if (!plan) throw new Error('There are plans.');
  return plan;
}

async function abortOf(scene: Scene, plan: SimPlan, position: number) {
  const id = plan.actions[position]?.parameters.resource_id;
  const number = scene.simulation.cloud.migrations.findLastIndex(({ server }) => server.id === id) + 1;
  return scene.nova('DELETE', `servers/${id}/migrations/${number}`);
}

/** Runs the deeds, looking at the cloud every so many seconds too, and returns everything that happened. */
async function run(seed: number, { release, every }: { release: ReleaseName; every: number }) {
  const scene = openScene({ release, moves: { seconds: SECONDS } });
  const { cloud, occupancy, engine } = scene.simulation;
  const plans = [0, 1, 2, 3, 4, 5].map((position) => {
    const { servers, target } = scene.movers(4, position % 3);
    const moves = servers.map((server) => ({ server, target }));
    return scene.propose(position % 2 ? moves : moves.slice(0, 3), position % 2 ? 2 : undefined);
  });
  let now = 0;
  const until = (time: number) => {
    for (let next = now + every; next < time; next += every) scene.at(next);
    scene.at(time);
    now = time;
  };
  for (const deed of deeds(seed)) {
    until(deed.at);
    await deed.act(scene, plans);
  }
  await scene.control('PUT', 'appliers', 2);
  // What never converges is aborted in the end.
  await scene.control('PUT', 'migrations', {});
  for (const { server, course, endedAt } of cloud.migrations) {
    if (course?.fate === 'never' && endedAt === null) await scene.control('DELETE', `servers/${server.id}`);
  }
  until(END);
  return { scene, plans, cloud, occupancy, now: engine.now() };
}

const OVER = ['RECOMMENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED'];

describe.each(RELEASE_NAMES)('after any acts in %s', (release) => {
  it.each([1, 2, 3, 4])(
    'everything has ended, and every VM and its allocation are where Nova says (%i)',
    async (seed) => {
      const { plans, cloud, occupancy, now } = await run(seed, { release, every: 100 });
      expect(plans.map(({ state }) => state).filter((state) => !OVER.includes(state))).toEqual([]);
      const carried = cloud.migrations.filter(({ course }) => course);
      expect(carried.filter(({ endedAt }) => endedAt === null)).toEqual([]);
      for (const { server, ended, destination, endedAt } of carried) {
        const arrived = server.stays.some(({ from, host }) => from === endedAt && host === destination);
        expect(arrived, server.name).toBe(['completed', 'confirmed'].includes(ended));
      }
      for (const host of cloud.hosts) {
        const guests = cloud.servers.filter((server) => hostAt(server, now) === host);
        expect(
          occupancy
            .guests(host, now)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(guests.map(({ id }) => id).sort());
        expect(occupancy.incoming(host, now)).toEqual([]);
      }
    },
  );

  it('it does not matter how often somebody looked', async () => {
    const trace = async (every: number) => {
      const { plans, cloud } = await run(7, { release, every });
      return {
        plans: plans.map((plan) => [
          plan.state,
          plan.updatedAt,
          plan.actions.map(({ state, updatedAt }) => [state, updatedAt]),
        ]),
        moves: cloud.migrations.map(({ server, ended, endedAt, course }) => [
          server.name,
          ended,
          endedAt,
          course?.begunAt,
        ]),
      };
    };
    expect(await trace(1)).toEqual(await trace(END));
  });
});
