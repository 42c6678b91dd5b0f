import type { Env } from './env';
import { SECRETS } from './secret-files';
import { passwordIn } from './url-credentials';

const SHORTEST_KEY = 16;

/**
 * The values of all secrets that are set, for the log to redact. A header for Prometheus may hold a key or only the
 * name of a tenant; long ones count as keys.
 */
export function secretValues(env: Env): string[] {
  const headers = Object.values(env.PROMETHEUS_HEADERS).filter(({ length }) => length >= SHORTEST_KEY);
  return [...SECRETS.flatMap((name) => env[name] ?? []), ...headers, ...passwordsInAddresses(env)];
}

const ADDRESSES = [
  'OS_AUTH_URL',
  'OS_COMPUTE_ENDPOINT_OVERRIDE',
  'OS_PLACEMENT_ENDPOINT_OVERRIDE',
  'OS_INFRA_OPTIM_ENDPOINT_OVERRIDE',
  'PROMETHEUS_URL',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'ALL_PROXY',
] as const;

/** As written and as sent. */
const passwordsInAddresses = (env: Env): string[] => ADDRESSES.flatMap((name) => passwordIn(env[name] ?? ''));
