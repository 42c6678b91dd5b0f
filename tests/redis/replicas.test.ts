import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulationServer, serveSimulation } from '@/lib/simulation/server';
import { openSimulation, type Simulation } from '@/lib/simulation/simulation';
import { type Server, startServer } from '../soak/server';
import { freePort, openRedisServer, type RedisServer } from './server';

/** Three production servers connected only through Redis, with one simulated cloud that counts requests. */

const TTL_SECONDS = 10;
const simulation: Simulation = openSimulation({ hosts: 12, servers: 200, audits: 8 });
let cloud: SimulationServer;
let redis: RedisServer;
let servers: Server[] = [];

beforeAll(async () => {
  if (!existsSync('.next/standalone/server.js')) throw new Error('There is no build. Run: npm run build');
  redis = await openRedisServer();
  cloud = await serveSimulation(simulation);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await cloud?.close();
  await redis?.stop();
});

async function start(more: Record<string, string>): Promise<Server> {
  const { url } = cloud;
  return startServer(await freePort(), {
    OS_AUTH_URL: `${url}/identity/v3`,
    OS_USERNAME: 'visio',
    OS_PASSWORD: 'simulated',
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    PROMETHEUS_URL: `${url}/prometheus`,
    DASHBOARD_CACHE_TTL: String(TTL_SECONDS),
    LOG_LEVEL: 'error',
    ...more,
  });
}

/** The number of requests to all services of the cloud. */
const asked = () => Object.values(simulation.requests).reduce((sum, count) => sum + count, 0);

async function ask(path: string): Promise<{ status: number; text: string }[]> {
  return Promise.all(
    servers.map(async ({ url }) => {
      const response = await fetch(`${url}${path}`);
      return { status: response.status, text: await response.text() };
    }),
  );
}

/** Asks until all three answers are ready. */
async function untilAll(
  path: string,
  isReady: (answer: { status: number; text: string }) => boolean,
): Promise<string[]> {
  for (let tries = 0; tries < 400; tries++) {
    const answers = await ask(path);
    if (answers.every(isReady)) return answers.map(({ text }) => text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} is not answered by all three`);
}

const isGood = ({ status }: { status: number }) => status === 200;

describe('three servers with one Redis', () => {
  it('read a cold cloud once and all show the same', async () => {
    servers = [await start({})];
    await untilAll('/api/stats/', isGood);
    await untilAll('/api/audits/', isGood);
    await servers[0]?.stop();
    const alone = asked();

    servers = await Promise.all([1, 2, 3].map(() => start({ CACHE_URL: redis.url })));
    const stats = await untilAll('/api/stats/', isGood);
    await untilAll('/api/audits/', isGood);
    expect(new Set(stats).size).toBe(1);
    const together = asked() - alone;
    // Three separate collections would need three times as many.
    expect(together).toBeGreaterThan(0);
    expect(together).toBeLessThan(1.5 * alone);
  });

  it('go on separately when Redis dies, and none shows old data', async () => {
    await redis.stop();
    const diedAt = Date.now();
    await untilAll('/api/v1/overview/', ({ status, text }) => status === 200 && oldestOf(text) > diedAt);
    expect(servers.map((server) => server.ended())).toEqual([false, false, false]);
  });
});

function oldestOf(text: string): number {
  const { readings } = JSON.parse(text);
  return Math.min(...['inventory', 'allocations', 'load'].map((name) => Date.parse(readings[name].as_of)));
}
