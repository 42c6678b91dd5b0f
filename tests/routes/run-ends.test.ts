import { expect, it, vi } from 'vitest';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 12, servers: 120, clock: () => Date.now() });
const LOOK_MS = 5_000;
const MOST_LOOKS = 10;
/** Readings of everything take a while on a busy machine. */
const PATIENCE_MS = 15_000;

it('a run that ends has the cloud read again, so that no list shows it running any more', async () => {
  const start = Date.now();
  let passed = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => start + passed);
  const look = async () => (await ask('planRun', { params: { id: 'by-hand', plan: 'newest' } })).body;
  const { plan: running } = await look();
  passed += LOOK_MS;
  await look();
  const { plans, migrations } = served.simulation.cloud;
  for (const one of migrations)
    if (one.endedAt === null) Object.assign(one, { endedAt: Date.now(), ended: 'completed' });
  const plan = plans.find(({ id }) => id === running.id);
  Object.assign(plan ?? {}, { state: 'SUCCEEDED', updatedAt: Date.now() });
  // Fewer looks than make readings expire by themselves.
  for (let i = 0; i < MOST_LOOKS; i++) {
    passed += LOOK_MS;
    if ((await look()).counts.running === 0) break;
  }
  await vi.waitFor(async () => {
    const listed: { plan_id: string; plan_state: string }[] = (await ask('plans', { query: '?limit=200' })).body.plans;
    const states = listed.filter(({ plan_id: id }) => id === running.id).map(({ plan_state: state }) => state);
    expect(states).toEqual(['SUCCEEDED']);
  }, PATIENCE_MS);
});
