import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT, start } from './processes';

/** The production build of a folder, connected to a simulated cloud whose Prometheus is a process of its own. */

export type Place = { port: number; cloud: number; metrics: number; ttlSeconds: number; folder?: string };

export const url = (port: number, address: string) => `http://127.0.0.1:${port}${address}`;

/** @param place ports, how long readings stay fresh, and the folder of the build if not this one */
export function startVisio({ port, cloud, metrics, ttlSeconds, folder = ROOT }: Place): ChildProcess {
  const variables = {
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    OS_AUTH_URL: url(cloud, '/identity/v3'),
    OS_USERNAME: 'visio',
    OS_PASSWORD: 'simulated',
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    PROMETHEUS_URL: url(metrics, '/prometheus'),
    DASHBOARD_CACHE_TTL: String(ttlSeconds),
    DASHBOARD_MAX_STALE: String(Math.max(900, ttlSeconds)),
    // The simulated Prometheus is slow.
    UPSTREAM_TIMEOUT: '60',
    LOG_LEVEL: 'warn',
  };
  return start('node', [path.join(folder, 'lib/server/start.mjs')], variables);
}
