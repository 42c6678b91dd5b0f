import type { ChildProcess } from 'node:child_process';
import { cpus } from 'node:os';
import { cpuMicros, memory, pause, ROOT, type Size, startSimulation, stop, stopAll, until } from './processes';
import { SIZES } from './sizes';
import { countRefreshes, countRequests, startVisio, url } from './visio';

/**
 * npx tsx tests/bench/server/sizing.ts [hosts …]: what the server needs in clouds of four sizes, with the settings it
 * has by itself. Prints the table of docs/operating.md. Needs a build. BENCH_PORT is the first of three ports.
 */

const LARGEST: Size = { hosts: 3_000, servers: 150_000, audits: 200 };
const wanted = process.argv.slice(2).map(Number);
const PORT = Number(process.env.BENCH_PORT ?? 3900);
const [CLOUD, METRICS, VISIO] = [PORT, PORT + 1, PORT + 2];
const CLOUDS = [CLOUD, METRICS];
/** Refreshes are measured over this many of them. */
const REFRESHES = 3;
/** What a refresh causes in the background is done by then. */
const SETTLE_MS = 30_000;
const PAGES = ['/', '/hosts/', '/capacity/', '/vms/', '/plans/', '/activity/'];
/** A big cloud is read in minutes here, since the simulated services share the processors. */
const MOST_MS = 1_800_000;

/** Waits until every VM is known and every audit has its plan. Returns how long that took, ms. */
async function untilRead({ servers }: Size): Promise<number> {
  const begin = performance.now();
  while (performance.now() - begin < MOST_MS) {
    const overview = await (await fetch(url(VISIO, '/api/v1/overview/'))).json();
    const audits = await fetch(url(VISIO, '/api/audits/'));
    await audits.arrayBuffer();
    if (overview.vm?.count === servers && audits.status === 200) return performance.now() - begin;
    await pause(1_000);
  }
  throw new Error('not all was read in time');
}

/** Opens every page and waits for all of it. Returns the processor time of the dearest, ms. */
async function visit(visio: ChildProcess): Promise<number> {
  let dearest = 0;
  for (const page of PAGES) {
    const before = { cpu: cpuMicros(visio), at: performance.now() };
    try {
      await (await fetch(url(VISIO, page))).arrayBuffer();
    } catch (error) {
      console.error(`${page} broke off: ${String(error)}`);
    }
    const cost = (cpuMicros(visio) - before.cpu) / 1000;
    console.error(`${page} ${cost.toFixed(0)} ms of CPU in ${(performance.now() - before.at).toFixed(0)} ms`);
    dearest = Math.max(dearest, cost);
  }
  return dearest;
}

/** Waits for so many refreshes after these. Returns how many there are then. */
async function untilRefreshed(before: number, more: number): Promise<number> {
  const begin = Date.now();
  let now = before;
  while (now - before < more && Date.now() - begin < MOST_MS) {
    await pause(2_000);
    now = await countRefreshes(VISIO, 'load');
  }
  return now;
}

async function measure(size: Size): Promise<string> {
  const clouds = [startSimulation(size, CLOUD), startSimulation(size, METRICS)];
  await Promise.all(CLOUDS.map((port) => until(url(port, '/_sim/requests'), ({ ok }) => ok)));
  const visio = startVisio({ port: VISIO, cloud: CLOUD, metrics: METRICS });
  await until(url(VISIO, '/api/health/live/'), ({ ok }) => ok);
  const ready = await untilRead(size);
  const first = { cpu: cpuMicros(visio) / 1_000_000, requests: await countRequests(CLOUDS) };
  await visit(visio);
  // What pages asked for the first time is read by then.
  const begin = {
    refreshes: await untilRefreshed(await countRefreshes(VISIO, 'load'), 1),
    cpu: cpuMicros(visio),
    requests: await countRequests(CLOUDS),
    at: Date.now(),
  };
  const refreshes = (await untilRefreshed(begin.refreshes, REFRESHES)) - begin.refreshes;
  const perRefresh = {
    cpu: (cpuMicros(visio) - begin.cpu) / 1_000_000 / refreshes,
    requests: ((await countRequests(CLOUDS)) - begin.requests) / refreshes,
    seconds: (Date.now() - begin.at) / 1000 / refreshes,
  };
  await pause(SETTLE_MS);
  await visit(visio);
  const pages = await visit(visio);
  const { now: rss, max } = memory(visio);
  await Promise.all([visio, ...clouds].map(stop));
  const cells = [
    `${size.hosts} / ${size.servers}`,
    (ready / 1000).toFixed(0),
    first.cpu.toFixed(1),
    first.requests,
    perRefresh.cpu.toFixed(2),
    perRefresh.requests.toFixed(1),
    perRefresh.seconds.toFixed(0),
    pages.toFixed(0),
    `${rss} / ${max}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const [cpu] = cpus();
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'CPU'}\n`);
  console.log(
    '| hosts / VMs | all read after, s | CPU of the first reading, s | its requests | CPU per refresh, s | requests per refresh | seconds between refreshes | CPU of the dearest page, ms | RSS now / max, MB |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const size of [...SIZES, LARGEST].filter(({ hosts }) => wanted.length === 0 || wanted.includes(hosts))) {
    console.error(`${size.hosts} hosts …`);
    console.log(await measure(size));
  }
}

process.chdir(ROOT);
try {
  await main();
} finally {
  await stopAll();
}
