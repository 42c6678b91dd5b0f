import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import { MINUTE_MS } from '@/lib/units';
import { yieldIfDue } from '@/lib/yield';
import type { LoadReader } from './load';

/** The load at a time in the past, as far as Prometheus still has it. */
export type PastLoad = { at: number; targets: NodeTarget[]; use: Record<string, ServerUse> };

/** Usage of the VMs that plans move: now, and when each plan was made. */
export type PlanLoad = {
  /** Of every VM that was asked about: with nulls for one that no exporter reports. */
  use: Record<string, ServerUse>;
  /** When all of it was last measured at once; ms. VMs of newer plans were measured later. */
  usedAt: number;
  /** By plan id; null if Prometheus does not reach back that far, absent if not read yet. */
  history: Record<string, PastLoad | null>;
};

type PastRequest = { planId: string; at: number; serverIds: string[] };

export type PlanLoadRequest = {
  /** Approximate number of hosts. */
  hosts: number;
  /** VMs whose current usage is wanted. */
  serverIds: string[];
  /** Plans, newest audit first. */
  past: PastRequest[];
};

export type PlanLoadReader = {
  /** @throws SourceError of Prometheus */
  read(request: PlanLoadRequest, previous?: PlanLoad): Promise<PlanLoad>;
  /** The load when one plan was made, before its turn. @throws SourceError of Prometheus */
  readPast(plan: PastRequest, hosts: number): Promise<PastLoad | null>;
};

/** Maximum number of plans whose past is read per reading, newest first. The past does not change and is read once. */
const PAST_PER_READ = 40;

const HOSTS_PER_WEIGHT = 50;
/** With a large cloud, the past takes Prometheus seconds, so less of it is read at once. */
const WEIGHT_PER_READ = 120;
const WEIGHT_AT_ONCE = 80;

/** More VMs than this are measured less often. Their use is a mean over minutes, which hardly differs in the meantime. */
const MANY = 2_000;
const MANY_MS = 2 * MINUTE_MS;

const NOT_REPORTED: ServerUse = { cores: null, memoryBytes: null };

export function openPlanLoadReader(load: LoadReader, clock: () => number): PlanLoadReader {
  /** Pasts that were read before their turn. */
  const early = new Map<string, PastLoad | null>();

  async function readUse(serverIds: string[], previous?: PlanLoad): Promise<Pick<PlanLoad, 'use' | 'usedAt'>> {
    const mayKeep = serverIds.length > MANY && previous !== undefined && clock() - previous.usedAt < MANY_MS;
    const [kept, usedAt]: [PlanLoad['use'], number] = mayKeep ? [previous.use, previous.usedAt] : [{}, clock()];
    const measured = await listServerUse(
      await load.metrics(),
      serverIds.filter((id) => !(id in kept)),
    );
    const use: PlanLoad['use'] = {};
    for (const [position, id] of serverIds.entries()) {
      if (position % 500 === 0) await yieldIfDue();
      use[id] = kept[id] ?? measured.get(id) ?? NOT_REPORTED;
    }
    return { use, usedAt };
  }

  return {
    async read({ serverIds, past, hosts }, previous) {
      const weight = weightOf(hosts);
      const known = new Map<string, PastLoad | null>();
      for (const { planId } of past) {
        const kept = previous?.history[planId] ?? early.get(planId);
        if (kept !== undefined) known.set(planId, kept);
      }
      early.clear();
      const present = readUse(serverIds, previous);
      // A small cloud takes one batched query. With a large one the past takes seconds, so the present comes first.
      if (weight > 1) await present;
      const missing = past
        .filter(({ planId }) => !known.has(planId))
        .slice(0, Math.min(PAST_PER_READ, Math.ceil(WEIGHT_PER_READ / weight)));
      const [use] = await Promise.all([present, readPasts(missing)]);
      return { ...use, history: Object.fromEntries(known) };

      /** Reads a few plans at a time; those that fail are read again next time. */
      async function readPasts(plans: PastRequest[]): Promise<void> {
        const atOnce = Math.max(1, Math.floor(WEIGHT_AT_ONCE / (weight + 1)));
        for (let i = 0; i < plans.length; i += atOnce) {
          const part = plans.slice(i, i + atOnce);
          const results = await Promise.allSettled(part.map((plan) => readLoadAt(load, plan, hosts)));
          for (const [position, result] of results.entries()) {
            const plan = part[position];
            if (result.status === 'fulfilled' && plan) known.set(plan.planId, result.value);
          }
          if (results.some(({ status }) => status === 'rejected')) return;
        }
      }
    },
    async readPast(plan, hosts) {
      const past = await readLoadAt(load, plan, hosts);
      early.set(plan.planId, past);
      return past;
    },
  };
}

/**
 * The load at a time in the past; null if Prometheus does not reach back that far.
 *
 * @param hosts their approximate number
 * @throws SourceError of Prometheus
 */
export async function readLoadAt(
  load: LoadReader,
  { at, serverIds }: Pick<PastRequest, 'at' | 'serverIds'>,
  hosts: number,
): Promise<PastLoad | null> {
  const metrics = await load.metrics();
  const [targets, then] = await Promise.all([
    listNodeTargets(metrics, { at, weight: weightOf(hosts) }),
    listServerUse(metrics, serverIds, { at }),
  ]);
  const reaches = targets.some(({ idleShare }) => idleShare !== null);
  return reaches ? { at, targets, use: Object.fromEntries(then) } : null;
}

const weightOf = (hosts: number): number => Math.max(1, hosts / HOSTS_PER_WEIGHT);
