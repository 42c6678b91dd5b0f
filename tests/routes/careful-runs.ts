import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import type { SimPlan } from '@/lib/simulation/model';
import type { SimulationOptions } from '@/lib/simulation/simulation';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { ask, servedCloud } from './served-cloud';

type Wanted = (run: CarefulRunView) => boolean;

/** A simulated cloud by whose clock a minute passes at once, and a server whose account acts on it. */
export function cloudOnOwnClock(more: SimulationOptions = {}) {
  const served = servedCloud(
    { ...CLOUD, clock: () => Date.now(), ...more },
    { ...ACTS, ACTIONS: 'service', DASHBOARD_CACHE_TTL: '10' },
  );
  let now = Date.now();
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
  afterEach(() => {
    vi.useRealTimers();
    now = Date.now();
  });
  return {
    served,
    /** When the cloud was opened, ms. */
    openedAt: () => now,
  };
}

/** Careful runs over such a cloud. */
export function carefulRuns() {
  const { served, openedAt } = cloudOnOwnClock();

  const open = async () => {
    served.configure({ DATA_DIR: folder() });
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, 'ops');
    return { headers, ...planOf(served.simulation, 'stabilize-production') };
  };

  return {
    served,
    open,
    openedAt,
    begin: async (more: Record<string, unknown> = {}) => {
      const { headers, params, plan } = await open();
      const check = await checkPlan(params, { headers });
      expect(check.careful).toEqual([]);
      const { status, body } = await send('beginCareful', { params, headers, body: startOf(check, more) });
      expect([status, body.outcome]).toEqual([200, 'done']);
      const { runs } = (await ask('carefulRuns', { headers })).body;
      const read = async (): Promise<CarefulRunView> =>
        (await ask('carefulRun', { headers, params: { run: runs[0].id } })).body;
      return { headers, params, plan, read, id: runs[0].id as string, check };
    },
    /** Lets time pass in steps of some seconds, until the run is as wanted. */
    until: async (read: () => Promise<CarefulRunView>, wanted: Wanted) => {
      for (let passed = 0; passed < 60 * MINUTE_MS; passed += 20 * SECOND_MS) {
        await carryOn(defaultRegion().id);
        const run = await read();
        if (wanted(run)) return run;
        vi.setSystemTime(Date.now() + 20 * SECOND_MS);
      }
      throw new Error(`The run stays as it is: ${JSON.stringify(await read())}`);
    },
    /** The plans of steps since then. */
    stepPlans: (): SimPlan[] =>
      served.simulation.cloud.plans.filter(
        ({ strategy, createdAt }) => strategy === 'actuator' && createdAt >= openedAt(),
      ),
  };
}
