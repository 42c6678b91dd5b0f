import 'server-only';
import type { Limits } from '@/lib/domain/cluster/levels';
import { type Env, readEnv } from '@/lib/env';

export function limitsOf(env: Env): Limits {
  return {
    cpu: { warm: env.HOST_CPU_WARM, hot: env.HOST_CPU_HOT },
    ram: { warm: env.HOST_RAM_WARM, hot: env.HOST_RAM_HOT },
  };
}

/** What a page needs to know besides data. */
export function dashboardSettings(): {
  mode: 'live' | 'simulated';
  auth: Env['AUTH'];
  refreshSeconds: number;
  statusSeconds: number;
  limits: Limits;
} {
  const env = readEnv();
  return {
    mode: env.USE_MOCK_DATA ? 'simulated' : 'live',
    auth: env.AUTH,
    refreshSeconds: env.DASHBOARD_CACHE_TTL,
    statusSeconds: env.SOURCE_STATUS_CACHE_TTL,
    limits: limitsOf(env),
  };
}
