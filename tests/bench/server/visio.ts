import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pause, ROOT, start } from './processes';

/** The production build of a folder, connected to a simulated cloud whose Prometheus is a process of its own. */

export type Place = { port: number; cloud: number; metrics: number; ttlSeconds?: number; folder?: string };

export const url = (port: number, address: string) => `http://127.0.0.1:${port}${address}`;

/** @param place ports, how long readings stay fresh if not as by default, and the folder of the build if not this one */
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
    ...(ttlSeconds === undefined
      ? {}
      : { DASHBOARD_CACHE_TTL: String(ttlSeconds), DASHBOARD_MAX_STALE: String(Math.max(900, ttlSeconds)) }),
    // The simulated Prometheus is slow.
    UPSTREAM_TIMEOUT: '60',
    LOG_LEVEL: 'warn',
  };
  return start('node', [path.join(folder, 'lib/server/start.mjs')], variables);
}

/** Requests to the simulated services at these ports so far. */
export async function countRequests(ports: number[]): Promise<number> {
  const all = await Promise.all(ports.map((port) => readCounts(port)));
  return all.flatMap(Object.values<number>).reduce((sum, count) => sum + count, 0);
}

/** A simulated service that computes for long closes connections that waited meanwhile. */
async function readCounts(port: number, tries = 10): Promise<Record<string, number>> {
  try {
    return await (await fetch(url(port, '/_sim/requests'))).json();
  } catch (error) {
    if (tries <= 1) throw error;
    await pause(5_000);
    return readCounts(port, tries - 1);
  }
}

/** Refreshes of a reading so far that went well. @param port of the product */
export async function countRefreshes(port: number, reading: string): Promise<number> {
  const text = await (await fetch(url(port, '/api/metrics/'))).text();
  const hasThem = (words: string) => [`reading="${reading}"`, 'result="ok"'].every((label) => words.includes(label));
  const found = [...text.matchAll(/^watcher_visio_refreshes_total\{([^}]*)\} (\S+)/gm)];
  return Number(found.find(([, words = '']) => hasThem(words))?.[2] ?? 0);
}
