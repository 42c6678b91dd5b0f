import { parseArgs } from 'node:util';
import { serveSimulation } from '../../lib/simulation/server';
import { openSimulation } from '../../lib/simulation/simulation';
import { openFaultPlan } from './fault-plan';
import { openLoad } from './load';
import { report } from './report';
import { startServer } from './server';

/**
 * npm run soak [-- --minutes 30 --hosts 24 --rate 4 --seed 1]: the production build (npm run build) against a simulated cloud
 * that breaks at random, with a short TTL and a steady load. Prints a table and exits with 1 if a promise was broken.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    hosts: { type: 'string', default: '24' },
    rate: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '3399' },
  },
});

const TTL_SECONDS = 5;
const TIMEOUT_SECONDS = 2;

async function main(): Promise<void> {
  const minutes = Number(values.minutes);
  const simulation = openSimulation({ hosts: Number(values.hosts), servers: Number(values.hosts) * 17, audits: 24 });
  const cloud = await serveSimulation(simulation);
  // Also keeps the process alive, which the simulation alone does not.
  const server = await startServer(Number(values.port), {
    OS_AUTH_URL: `${cloud.url}/identity/v3`,
    OS_USERNAME: 'visio',
    OS_PASSWORD: 'simulated',
    OS_PROJECT_NAME: 'admin',
    PROMETHEUS_URL: `${cloud.url}/prometheus`,
    DASHBOARD_CACHE_TTL: String(TTL_SECONDS),
    SOURCE_STATUS_CACHE_TTL: String(TTL_SECONDS),
    UPSTREAM_TIMEOUT: String(TIMEOUT_SECONDS),
    LOG_LEVEL: 'info',
  });
  const plan = openFaultPlan(simulation, server.url, { seed: Number(values.seed), ttlMs: TTL_SECONDS * 1000 });
  const load = openLoad(server.url, Number(values.rate), plan);
  const until = Date.now() + minutes * 60_000;
  try {
    await plan.awaitWhole();
    server.sampleMemory();
    load.start();
    while (Date.now() < until && !server.ended()) await plan.round();
    await load.stop();
  } finally {
    await server.stop();
    await cloud.close();
  }
  process.exitCode = report({ minutes, hosts: Number(values.hosts), server, plan, load }) ? 0 : 1;
}

void main();
