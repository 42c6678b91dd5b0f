import { vi } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { forgetEnv } from '@/lib/env';
import type { SimPlan } from '@/lib/simulation/model';
import { PREFIXES } from '@/lib/simulation/wire';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { ACTS, asUser, checkPlan, planOf, type Sent, send, startOf } from '../routes/acting';
import { ask } from '../routes/served-cloud';
import { breakableStore, type JournalKind } from './breakable-store';
import type { Break } from './kinds';
import type { OtherAct } from './other-acts';
import { openWorld, type World } from './world';

/** A plan with three moves, one of which is left out, that somebody starts, or acts on otherwise, while services break. */

/**
 * Where in the start of a plan something breaks: before the check, before the intent is written, between the check and the
 * skip, between the skip and the start, between the start and its answer, and between the outcome and the first reading.
 */
export const STEPS = ['check', 'intent', 'skip', 'start', 'answer', 'reading'] as const;
export type Step = (typeof STEPS)[number];

export type ActBreak = { step: Step } & (Break | { service: 'journal'; kind: JournalKind });

export type ActWorld = World & {
  plan: SimPlan;
  /** How often Watcher took the plan, or what else was to be done is done. */
  effects(): number;
  /** Whether a part of it was done that can't be taken back. */
  isInPart(): boolean;
  /** Requests that could have changed the cloud. */
  writes(): number;
  act(key: string): Promise<Sent>;
  /** Asks anew what may be done, and does it: starts all that is left, or the same act. */
  actAnew(): Promise<Sent>;
  mendAll(): void;
  /** Has the server find out what became of acts, later. */
  keep(): Promise<void>;
  journal(): Promise<ActView[]>;
};

const CLOUD = { hosts: 4, servers: 16, audits: 3 };
/** Watcher accepts any number of starts within this time. */
const RACE_MS = 10 * SECOND_MS;
const LATER_MS = 2 * MINUTE_MS;

export type Mode = 'person' | 'service';

/** @param other another act than the start, which has no step `skip` */
export async function openActWorld(breaks: ActBreak[], mode: Mode, other?: OtherAct): Promise<ActWorld> {
  const world = openWorld(false, CLOUD);
  Object.assign(process.env, ACTS, { ACTIONS: mode });
  forgetEnv();
  const { simulation } = world;
  for (const one of simulation.cloud.plans) if (/ING$/.test(one.state)) one.state = 'SUCCEEDED';
  const { plan, params } = planOf(simulation, 'stabilize-production');
  other?.begin?.(simulation, plan);
  simulation.engine.knobs.raceMs = RACE_MS;
  const counts = { starts: 0, writes: 0 };
  const { applier } = simulation.engine;
  const take = applier.start.bind(applier);
  applier.start = (taken, now) => {
    if (taken === plan) counts.starts++;
    take(taken, now);
  };

  const journal = breakableStore();
  const due = [...breaks];
  /** Breaks what is to break at a step. */
  const reach = (step: Step): void => {
    for (const one of due.splice(0)) {
      if (one.step !== step) due.push(one);
      else if (one.service === 'journal') journal.break(one.kind);
      else world.break([one]);
    }
  };
  journal.onIntent = () => reach('intent');
  journal.onOutcome = () => reach('reading');
  const to = other?.to ?? 'watcher';
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { method = 'GET' } = init;
    const { pathname } = new URL(url);
    if (!pathname.startsWith(PREFIXES[to]) || method === 'GET') return real(url, init);
    counts.writes++;
    const isLast = other ? (other.isLast?.(pathname) ?? true) : pathname.endsWith('/start');
    reach(isLast ? 'start' : 'skip');
    const response = await real(url, init);
    if (!isLast || !response.ok) return response;
    const wasWhole = simulation.faults.get(to) === null;
    reach('answer');
    const fault = simulation.faults.get(to);
    // The request took effect; its answer meets the fault as any answer would, but for one that proves that nothing was done.
    const isRefusal = fault?.status !== undefined && fault.status < 500;
    return wasWhole && fault && !isRefusal ? real(new URL(PREFIXES[to], url).href, readingOf(init)) : response;
  });

  const headers = await asUser(simulation, 'ops');
  const check = await checkPlan(params, { headers, query: '?off=1' });
  const ofPlan = { ...params, action: plan.actions[other?.action ?? 0]?.id ?? '' };
  const given = other
    ? { params: ofPlan, headers, body: other.body, ...(await other.ask?.(simulation, headers)) }
    : { params, headers, body: startOf(check, { off: '1' }) };
  reach('check');
  return {
    ...world,
    plan,
    effects: () => (other ? Number(other.isDone(simulation, plan, journal.runs())) : counts.starts),
    isInPart: () =>
      other ? (other.isInPart?.(simulation) ?? false) : plan.actions.some(({ state }) => state === 'SKIPPED'),
    writes: () => counts.writes,
    act: (key) => send(other?.name ?? 'startPlan', { ...given, key }),
    async actAnew() {
      const fresh = await asUser(simulation, 'ops');
      if (other) return send(other.name, { ...given, headers: fresh, ...(await other.ask?.(simulation, fresh)) });
      const now = await checkPlan(params, { headers: fresh });
      const despite = now.start.flatMap(({ moves }) => moves);
      return send('startPlan', { params, headers: fresh, body: startOf(now, { despite }) });
    },
    mendAll() {
      due.length = 0;
      world.mend();
      journal.mend();
    },
    async keep() {
      vi.setSystemTime(Date.now() + LATER_MS);
      await keepJournal();
    },
    journal: async () => (await ask('acts', { headers })).body.acts,
  };
}

const readingOf = ({ headers, signal }: RequestInit): RequestInit => ({ method: 'GET', headers, signal });
