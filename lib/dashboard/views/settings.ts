import 'server-only';
import type { Limits } from '@/lib/domain/cluster/levels';
import { type Env, readEnv } from '@/lib/env';
import { loadLimits } from '../collect/view-settings';

/** What a page needs to know besides data. */
export function dashboardSettings(): {
  mode: 'live' | 'simulated';
  auth: Env['AUTH'];
  /** Whether anybody may act here. */
  acts: boolean;
  refreshSeconds: number;
  statusSeconds: number;
  limits: Limits;
} {
  const env = readEnv();
  return {
    mode: env.USE_MOCK_DATA ? 'simulated' : 'live',
    auth: env.AUTH,
    acts: env.ACTIONS !== 'off',
    refreshSeconds: env.DASHBOARD_CACHE_TTL,
    statusSeconds: env.SOURCE_STATUS_CACHE_TTL,
    limits: loadLimits(env),
  };
}
