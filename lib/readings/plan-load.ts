import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';

/** The load at a time in the past, as far as Prometheus still has it. */
export type PastLoad = { at: number; targets: NodeTarget[]; use: Record<string, ServerUse> };

/** Usage of the VMs that plans move: now, and when each plan was made. */
export type PlanLoad = {
  use: Record<string, ServerUse>;
  /** By plan id; null if Prometheus does not reach back that far, absent if not read yet. */
  history: Record<string, PastLoad | null>;
};

export type PlanLoadRequest = {
  /** Approximate number of hosts. */
  hosts: number;
  /** VMs whose current usage is wanted. */
  serverIds: string[];
  /** Plans, newest audit first. */
  past: { planId: string; at: number; serverIds: string[] }[];
};

export type PlanLoadReader = { read(request: PlanLoadRequest, previous?: PlanLoad): Promise<PlanLoad> };

/** Maximum number of plans whose past is read per reading, newest first. The past does not change and is read once. */
const PAST_PER_READ = 40;

const HOSTS_PER_WEIGHT = 50;
/** With a large cloud, the past takes Prometheus seconds, so less of it is read at once. */
const WEIGHT_PER_READ = 120;
const WEIGHT_AT_ONCE = 80;

export function openPlanLoadReader(load: LoadReader): PlanLoadReader {
  return {
    async read({ serverIds, past, hosts }, previous) {
      const weight = Math.max(1, hosts / HOSTS_PER_WEIGHT);
      const metrics = await load.metrics();
      const known = new Map<string, PastLoad | null>();
      for (const { planId } of past) {
        const kept = previous?.history[planId];
        if (kept !== undefined) known.set(planId, kept);
      }
      const present = listServerUse(metrics, serverIds);
      // A small cloud takes one batched query. With a large one the past takes seconds, so the present comes first.
      if (weight > 1) await present;
      const missing = past
        .filter(({ planId }) => !known.has(planId))
        .slice(0, Math.min(PAST_PER_READ, Math.ceil(WEIGHT_PER_READ / weight)));
      const [use] = await Promise.all([present, readPast(missing)]);
      return { use: Object.fromEntries(use), history: Object.fromEntries(known) };

      /** Reads a few plans at a time; those that fail are read again next time. */
      async function readPast(plans: PlanLoadRequest['past']): Promise<void> {
        const atOnce = Math.max(1, Math.floor(WEIGHT_AT_ONCE / (weight + 1)));
        for (let i = 0; i < plans.length; i += atOnce) {
          const results = await Promise.allSettled(plans.slice(i, i + atOnce).map(readPlan));
          for (const result of results) if (result.status === 'fulfilled') known.set(...result.value);
          if (results.some(({ status }) => status === 'rejected')) return;
        }
      }

      async function readPlan({ planId, at, serverIds: moved }: PlanLoadRequest['past'][number]) {
        const [targets, then] = await Promise.all([
          listNodeTargets(metrics, { at, weight }),
          listServerUse(metrics, moved, { at }),
        ]);
        const reaches = targets.some(({ idleShare }) => idleShare !== null);
        const pastLoad: PastLoad | null = reaches ? { at, targets, use: Object.fromEntries(then) } : null;
        return [planId, pastLoad] as const;
      }
    },
  };
}
