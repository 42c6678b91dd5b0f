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

export function openPlanLoadReader({ prometheus, settings, exporters }: LoadReader): PlanLoadReader {
  return {
    async read({ serverIds, past, hosts }, previous) {
      const weight = Math.max(1, hosts / HOSTS_PER_WEIGHT);
      const set = await exporters();
      const known = new Map(
        past.flatMap(({ planId }) => {
          const load = previous?.history[planId];
          return load === undefined ? [] : [[planId, load] as const];
        }),
      );
      const use = listServerUse(prometheus, settings, set, serverIds);
      const asked = past
        .filter(({ planId }) => !known.has(planId))
        .slice(0, Math.min(PAST_PER_READ, Math.ceil(WEIGHT_PER_READ / weight)));
      const answers = await Promise.all(
        asked.map(async ({ planId, at, serverIds: moved }): Promise<[string, PastLoad | null]> => {
          const [targets, then] = await Promise.all([
            listNodeTargets(prometheus, settings, set, { at, weight }),
            listServerUse(prometheus, settings, set, moved, { at }),
          ]);
          const reaches = targets.some(({ idleShare }) => idleShare !== null);
          return [planId, reaches ? { at, targets, use: Object.fromEntries(then) } : null];
        }),
      );
      for (const [planId, answer] of answers) known.set(planId, answer);
      return { use: Object.fromEntries(await use), history: Object.fromEntries(known) };
    },
  };
}
