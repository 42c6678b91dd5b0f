import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';

/** Times around the run of a plan: when it was made, before its first move, after its last move; ms. */
export type RunMoments = { made: number; before: number; after: number };

export type PlanPast = {
  moments: RunMoments;
  made: NodeTarget[];
  before: NodeTarget[];
  after: NodeTarget[];
  /** Usage of the moved VMs when the plan was made. */
  use: Record<string, ServerUse>;
};

/** Uses instant queries at past times, which work even on servers without range queries. @throws SourceError of Prometheus */
export async function readPlanPast(load: LoadReader, moments: RunMoments, serverIds: string[]): Promise<PlanPast> {
  const metrics = await load.metrics();
  const at = (time: number) => listNodeTargets(metrics, { at: time });
  const [made, before, after, use] = await Promise.all([
    at(moments.made),
    at(moments.before),
    at(moments.after),
    listServerUse(metrics, serverIds, { at: moments.made }),
  ]);
  return { moments, made, before, after, use: Object.fromEntries(use) };
}
