import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';

/** Load of a moment in the past: what Prometheus still knows of it. */
export type PastLoad = { at: number; targets: NodeTarget[]; use: Record<string, ServerUse> };

/** Use of the VMs that plans move: now, and at the moment each plan was made. */
export type PlanLoad = {
  use: Record<string, ServerUse>;
  /** By plan id; null where Prometheus does not reach back, absent where it was not asked yet. */
  history: Record<string, PastLoad | null>;
};

export type PlanLoadRequest = {
  /** About how many there are. */
  hosts: number;
  /** VMs whose use now is wanted. */
  serverIds: string[];
  /** Plans, newest audit first. */
  past: { planId: string; at: number; serverIds: string[] }[];
};

export type PlanLoadReader = { read(request: PlanLoadRequest, previous?: PlanLoad): Promise<PlanLoad> };

/** The past does not change, so it is asked once; so many plans a reading, the newest first. */
const PAST_PER_READ = 40;

const HOSTS_PER_WEIGHT = 50;
/** On a big cloud the past costs Prometheus seconds: less of it at once. */
const WEIGHT_PER_READ = 120;
const WEIGHT_AT_ONCE = 80;

export function openPlanLoadReader({ prometheus, settings, exporters }: LoadReader): PlanLoadReader {
  return {
    async read({ serverIds, past, hosts }, previous) {
      const weight = Math.max(1, hosts / HOSTS_PER_WEIGHT);
      const set = await exporters();
      const known = new Map<string, PastLoad | null>();
      for (const { planId } of past) {
        const load = previous?.history[planId];
        if (load !== undefined) known.set(planId, load);
      }
      const present = listServerUse(prometheus, settings, set, serverIds);
      // On a small cloud all of it is one question. On a big one the past costs seconds, so that it waits for the present.
      if (weight > 1) await present;
      const missing = past
        .filter(({ planId }) => !known.has(planId))
        .slice(0, Math.min(PAST_PER_READ, Math.ceil(WEIGHT_PER_READ / weight)));
      const [use] = await Promise.all([present, readPast(missing)]);
      return { use: Object.fromEntries(use), history: Object.fromEntries(known) };

      /** A few plans at once; one whose past can't be read now is asked for the next time. */
      async function readPast(plans: PlanLoadRequest['past']): Promise<void> {
        const atOnce = Math.max(1, Math.floor(WEIGHT_AT_ONCE / (weight + 1)));
        for (let i = 0; i < plans.length; i += atOnce) {
          const answers = await Promise.allSettled(plans.slice(i, i + atOnce).map(readPlan));
          for (const answer of answers) if (answer.status === 'fulfilled') known.set(...answer.value);
          if (answers.some(({ status }) => status === 'rejected')) return;
        }
      }

      async function readPlan({ planId, at, serverIds: moved }: PlanLoadRequest['past'][number]) {
        const [targets, then] = await Promise.all([
          listNodeTargets(prometheus, settings, set, { at, weight }),
          listServerUse(prometheus, settings, set, moved, { at }),
        ]);
        const reaches = targets.some(({ idleShare }) => idleShare !== null);
        const load: PastLoad | null = reaches ? { at, targets, use: Object.fromEntries(then) } : null;
        return [planId, load] as const;
      }
    },
  };
}
