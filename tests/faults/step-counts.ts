import { expect } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import type { SimPlan } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';

/** What the simulated cloud has of the steps of a careful run. */

export type StepCounts = {
  /** How often Watcher took each plan. */
  starts(): number[];
  /** Names of the audits of steps. */
  audits(): string[];
  /** The plans of these. */
  plans(): SimPlan[];
  /** How often each VM that has moved since did so. */
  moved(): number[];
};

/** Counts from now on. */
export function countSteps({ cloud, engine: { applier } }: Simulation): StepCounts {
  const begunAt = Date.now();
  const starts = new Map<SimPlan, number>();
  const take = applier.start.bind(applier);
  applier.start = (taken, now) => {
    starts.set(taken, (starts.get(taken) ?? 0) + 1);
    take(taken, now);
  };
  return {
    starts: () => [...starts.values()],
    audits: () => cloud.audits.map(({ name }) => name).filter((name) => name.startsWith('visio-')),
    plans() {
      const ids = new Set(cloud.audits.filter(({ name }) => name.startsWith('visio-')).map(({ id }) => id));
      return cloud.plans.filter(({ auditId }) => auditId !== null && ids.has(auditId));
    },
    moved() {
      const moved = new Map<string, number>();
      for (const { server, startedAt, endedAt, ended } of cloud.migrations)
        if (startedAt >= begunAt && endedAt !== null && ended === 'completed')
          moved.set(server.id, (moved.get(server.id) ?? 0) + 1);
      return [...moved.values()];
    },
  };
}

type Done = { counts: StepCounts; plan: SimPlan; moves: number; run: CarefulRunView | null; acts: ActView[] };

/** The run is done to its end, and nothing of it twice; the journal says the same. */
export function expectDoneOnce({ counts, plan, moves, run, acts }: Done): void {
  const said = JSON.stringify({ run, acts: acts.map(({ act, outcomes }) => [act, outcomes]) });
  expect(run, said).toMatchObject({ state: 'ended', why: { code: 'done' }, moved: moves, left: 0, wrong: 0 });
  expect(counts.moved(), said).toEqual(Array.from({ length: moves }, () => 1));
  const steps = run?.steps ?? [];
  expect(counts.starts(), said).toEqual(steps.map(() => 1));
  expect(new Set(counts.audits()).size, said).toBe(counts.audits().length);
  expect(counts.audits(), said).toHaveLength(steps.length);
  expect(plan.state, said).toBe('CANCELLED');
  const done = (name: string) => acts.filter(({ act, outcome }) => act === name && outcome === 'done').length;
  expect([done('make-step'), done('start-step'), done('cancel-plan')], said).toEqual([steps.length, steps.length, 1]);
  for (const { outcome } of acts) expect(['done', 'refused'], said).toContain(outcome);
}
