import { describe, expect, it, vi } from 'vitest';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import type { Simulation } from '@/lib/simulation/simulation';
import { ask, servedCloud } from './served-cloud';

/** A plan that runs, as the API answers, over a simulated cloud. */

const served = servedCloud({ hosts: 12, servers: 120 });
const AUDIT = 'by-hand';

const run = async (id = AUDIT, plan = 'newest') => (await ask('planRun', { params: { id, plan } })).body;

const upstream = ({ requests }: Simulation) => requests.nova + requests.watcher;

/** Runs with a clock that the test sets. */
async function withClock(use: (pass: (ms: number) => void) => Promise<void>) {
  const start = Date.now();
  let passed = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => start + passed);
  try {
    await use((ms) => {
      passed += ms;
    });
  } finally {
    clock.mockRestore();
  }
}

describe('a plan that runs', () => {
  it('has each move as both services have it, counts, waves, hosts, events and what stopping would do', async () => {
    const body = await run();
    expect(body).toMatchObject({ phase: 'running', is_final: false, audit: { name: AUDIT } });
    expect(body.title).toMatch(/^1 of 2 moved, wave 2 of 4$/);
    expect(body.counts).toMatchObject({ total: 2, moved: 1, running: 1 });
    expect(body.moves.map(({ word, group }: RunMove) => [word, group])).toEqual([
      ['copying', 'running'],
      ['done', 'ended'],
    ]);
    expect(body.others.map(({ label }: { label: string }) => label)).toContain('resize');
    expect(body.hosts.length).toBeGreaterThan(0);
    expect(body.events[0].text).toMatch(/^was given to Nova, to move off /);
    expect(body.stopping.length).toBeGreaterThan(0);
    expect(body.watcher).toEqual({ as_of: expect.any(String), error: null });
    expect(body.delivered).toBeNull();
  });

  it('is looked at once for all who watch, with four requests, and not before five seconds have passed', () =>
    withClock(async (pass) => {
      await run();
      // What the first look needed once is read: versions, tokens, the load at the start.
      pass(5_000);
      await run();
      for (let i = 0; i < 5; i++) {
        pass(5_000);
        const before = upstream(served.simulation);
        await Promise.all(Array.from({ length: 20 }, () => run()));
        pass(1_000);
        await run();
        expect(upstream(served.simulation) - before).toBe(4);
      }
    }));

  it('keeps its last word with its time while Nova and Watcher do not answer', () =>
    withClock(async (pass) => {
      const before = await run();
      served.simulation.setFault('nova', { status: 503 });
      served.simulation.setFault('watcher', { status: 503 });
      pass(30_000);
      const { response, body } = await ask('planRun', { params: { id: AUDIT, plan: 'newest' } });
      expect(response.status).toBe(200);
      expect(body.nova).toMatchObject({ as_of: before.nova.as_of, error: { message: expect.stringContaining('503') } });
      const [copying, done] = body.moves;
      expect(copying).toMatchObject({ word: 'unknown', text: expect.stringContaining('The last word: copying') });
      expect(done.word).toBe('done');
    }));

  it('is asked about no more once it has ended and nothing of it runs', () =>
    withClock(async (pass) => {
      const first = await run('stabilize-yesterday');
      expect(first).toMatchObject({ phase: 'ended', is_final: true });
      pass(5_000);
      const before = upstream(served.simulation);
      await run('stabilize-yesterday');
      expect(upstream(served.simulation) - before).toBe(0);
    }));

  it('has what it promised and delivered once it has ended, and what it left behind', async () => {
    const body = await vi.waitFor(
      async () => {
        const found = await run('stabilize-yesterday');
        expect(found.result).not.toBeNull();
        return found;
      },
      { timeout: 20_000 },
    );
    expect(body.title).toMatch(/^4 of 4 moved(; \d+% of the promise kept)?$/);
    expect(body.result.spread.start).toBeGreaterThan(0);
    expect(body.result.took_ms).toBeGreaterThan(0);
    expect(body.delivered.state).toBe('measured');
    expect(body.left_behind.map(({ tone }: { tone: string }) => tone)).toContain('ok');
  });

  it('says that it was never started, or waits behind another', async () => {
    expect(await run('stabilize-production')).toMatchObject({ phase: 'not-started', started_at: null, events: [] });
    const queued = await run('just-started');
    expect(queued.phase).toBe('queued');
    expect(queued.title).toMatch(/^Queued behind /);
    expect(queued.stopping[0].lead).toBe('Takes it out of the queue.');
    expect(queued.waiting).toBeNull();
  });

  it('says so where no applier is alive to take a queued plan', async () => {
    served.simulation.engine.applier.setAppliers(0, Date.now());
    const queued = await run('just-started');
    expect(queued.title).toBe('Queued: no applier is alive to take it');
    expect(queued.waiting).toMatch(
      /^watcher-applier on .+ has not reported since .+\. It begins whenever an applier comes back/,
    );
  });

  it('answers 404 for a plan that the audit does not have', async () => {
    const { response } = await ask('planRun', { params: { id: AUDIT, plan: 'nothing' } });
    expect(response.status).toBe(404);
  });
});
