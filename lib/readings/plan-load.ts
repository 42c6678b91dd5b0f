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
  /** VMs whose use now is wanted. */
  serverIds: string[];
  /** Plans, newest audit first. */
  past: { planId: string; at: number; serverIds: string[] }[];
};

export type PlanLoadReader = { read(request: PlanLoadRequest): Promise<PlanLoad> };

/** The past does not change, so it is asked once; so many plans a refresh, the newest first. */
const PAST_PER_READ = 40;

export function openPlanLoadReader({ prometheus, settings, exporters }: LoadReader): PlanLoadReader {
  const known = new Map<string, PastLoad | null>();
  return {
    async read({ serverIds, past }) {
      const set = await exporters();
      const wanted = new Set(past.map(({ planId }) => planId));
      for (const planId of known.keys()) if (!wanted.has(planId)) known.delete(planId);
      const use = listServerUse(prometheus, settings, set, serverIds);
      const asked = past.filter(({ planId }) => !known.has(planId)).slice(0, PAST_PER_READ);
      const answers = await Promise.all(
        asked.map(async ({ planId, at, serverIds: moved }): Promise<[string, PastLoad | null]> => {
          const [targets, then] = await Promise.all([
            listNodeTargets(prometheus, settings, set, { at }),
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
