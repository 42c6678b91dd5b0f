import 'server-only';
import type { Limits } from '@/lib/domain/cluster/levels';
import type { MustNotMove } from '@/lib/domain/cluster/must-not-move';
import type { Env } from '@/lib/env';
import { HOUR_MS } from '@/lib/units';

/** The settings that views depend on, besides the readings. */
export type ViewSettings = {
  /** From which percentages a host counts as warm or hot. */
  limits: Limits;
  /** How long after its creation a recommended plan expires. */
  planExpiryMs: number;
  /** The maximum number of audits in `/api/audits/`. */
  auditsLimit: number;
  mustNotMove: MustNotMove;
};

export const viewSettings = (env: Env): ViewSettings => ({
  limits: loadLimits(env),
  planExpiryMs: env.WATCHER_PLAN_EXPIRY_HOURS * HOUR_MS,
  auditsLimit: env.AUDITS_LIMIT,
  mustNotMove: {
    tags: env.MUST_NOT_MOVE_TAGS,
    projects: env.MUST_NOT_MOVE_PROJECTS,
    flavors: env.MUST_NOT_MOVE_FLAVORS,
  },
});

export const loadLimits = (env: Env): Limits => ({
  cpu: { warm: env.HOST_CPU_WARM, hot: env.HOST_CPU_HOT },
  ram: { warm: env.HOST_RAM_WARM, hot: env.HOST_RAM_HOT },
});
