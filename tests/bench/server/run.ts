import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Hot, load } from './load';
import { measurePage, unlikeOthers } from './page-cost';
import { memory, pause, ROOT, type Size, start, startSimulation, stop, stopAll, until } from './processes';
import { SIZES } from './sizes';
import { countRefreshes, countRequests, startVisio as startBuild, url } from './visio';

/**
 * npm run bench: the production build with simulated clouds of three sizes that respond as slowly as real ones, compared with
 * a bare server that sends the same bytes and headers. Prints Markdown tables. BENCH_PORT is the first of four ports.
 */

const wanted = process.argv.slice(2).map(Number);
const PORT = Number(process.env.BENCH_PORT ?? 3900);
const [CLOUD, METRICS, VISIO, BARE] = [PORT, PORT + 1, PORT + 2, PORT + 3];
/** Prometheus is a separate process, as in reality. */
const CLOUDS = [CLOUD, METRICS];
const TTL_SECONDS = 30;
const HOUR_SECONDS = 3_600;
/** Enough time for everything that readings trigger. */
const SETTLE_MS = 10_000;
const LOAD_MS = 2_000;
const ROUNDS = 3;
const ROUNDS_TO_SETTLE = 6;
const ROUNDS_TO_WARM = 60;
const PAGE_ROUNDS = 40;
const VISITED = ['/api/stats/', '/api/audits/', '/api/v1/overview/', '/api/v1/hosts/?limit=1000'];

const startVisio = (ttlSeconds: number) => startBuild({ port: VISIO, cloud: CLOUD, metrics: METRICS, ttlSeconds });

/** The longest time the event loop was blocked since the last call; ms. */
async function longestBlock(): Promise<number> {
  const text = await (await fetch(url(VISIO, '/api/metrics/'))).text();
  const seconds = /^watcher_visio_nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1];
  // The measurement's own resolution of 10 ms is part of the number.
  return Math.max(0, Number(seconds ?? 0) * 1000 - 10);
}

/** Requests everything once a second, as a few users would. Returns the longest block; ms. */
async function visitFor(ms: number): Promise<number> {
  let longest = 0;
  const end = performance.now() + ms;
  while (performance.now() < end) {
    for (const address of VISITED) await (await fetch(url(VISIO, address))).arrayBuffer();
    longest = Math.max(longest, await longestBlock());
    await pause(1_000);
  }
  return longest;
}

type Kept = { headers: string[]; body: Buffer; gzip: Buffer; etag: string };

async function keep(address: string): Promise<Kept> {
  const response = await fetch(url(VISIO, address), { headers: { 'accept-encoding': 'identity' } });
  const body = Buffer.from(await response.arrayBuffer());
  const skipped = ['connection', 'keep-alive', 'date', 'content-length', 'content-encoding', 'transfer-encoding'];
  const headers = [...response.headers].filter(([name]) => !skipped.includes(name)).flat();
  return { headers, body, gzip: gzipSync(body), etag: response.headers.get('etag') ?? '' };
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Cost of cached responses, compared with the bare server at the same time. */
async function measureHot(visio: ChildProcess): Promise<string[]> {
  const kept = Object.fromEntries(
    await Promise.all(VISITED.map(async (address) => [address, await keep(address)] as const)),
  );
  const file = path.join(tmpdir(), `watcher-visio-bench-${process.pid}.json`);
  const asText = Object.entries(kept).map(([address, { headers, body, gzip }]) => [
    address,
    { headers, body: body.toString('base64'), gzip: gzip.toString('base64') },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(asText)));
  const bare = start('node', ['tests/bench/server/bare.mjs', file, String(BARE)]);
  await until(url(BARE, '/api/stats/'), ({ status }) => status === 200);
  const rows: string[] = [];
  for (const [address, { body, gzip, etag }] of Object.entries(kept)) {
    const ways: [string, number, Record<string, string>][] = [
      ['plain', body.length, {}],
      ['gzip', gzip.length, { 'accept-encoding': 'gzip' }],
      ['304', 0, { 'if-none-match': etag }],
    ];
    for (const [way, bytes, headers] of ways) {
      const [own, limit]: [Hot[], Hot[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        const request = { path: address, headers, ms: LOAD_MS, status: way === '304' ? 304 : 200 };
        own.push(await load(visio, { ...request, port: VISIO }));
        limit.push(await load(bare, { ...request, port: BARE }));
      }
      const [a, b] = [median(own.map((hot) => hot.cpuMicros)), median(limit.map((hot) => hot.cpuMicros))];
      const rate = Math.round(median(own.map((hot) => hot.perSecond)));
      rows.push(
        `| ${address} | ${way} | ${kilo(bytes)} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${(a / b).toFixed(2)} | ${rate} |`,
      );
    }
  }
  await stop(bare);
  return rows;
}

const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const seconds = (ms: number) => (ms / 1000).toFixed(1);

async function measure(size: Size): Promise<{ row: string; hot: string[] }> {
  const clouds = [startSimulation(size, CLOUD), startSimulation(size, METRICS)];
  await Promise.all(CLOUDS.map((port) => until(url(port, '/_sim/requests'), ({ ok }) => ok)));
  const begin = performance.now();
  const visio = startVisio(TTL_SECONDS);
  await until(url(VISIO, '/api/health/live/'), ({ ok }) => ok);
  const starting = await longestBlock();
  await until(url(VISIO, '/api/stats/'), ({ status }) => status === 200);
  const stats = performance.now() - begin;
  await until(url(VISIO, '/api/audits/'), ({ status }) => status === 200);
  const audits = performance.now() - begin;
  const cold = await countRequests(CLOUDS);
  const filling = await longestBlock();
  // Wait until the history of plans has been read, a few plans per refresh.
  let steady = Number.POSITIVE_INFINITY;
  let blocked = 0;
  for (let round = 0; round < ROUNDS_TO_SETTLE; round++) {
    const [requests, refreshes] = [await countRequests(CLOUDS), await countRefreshes(VISIO, 'optimizer')];
    blocked = await visitFor(TTL_SECONDS * 1000);
    const times = Math.max(1, (await countRefreshes(VISIO, 'optimizer')) - refreshes);
    const now = ((await countRequests(CLOUDS)) - requests) / times;
    if (now >= steady) break;
    steady = now;
  }
  const page: number[] = [];
  for (let i = 0; i < 7; i++) {
    const sentAt = performance.now();
    await (await fetch(url(VISIO, '/'), { headers: unlikeOthers(i) })).text();
    page.push(performance.now() - sentAt);
  }
  const html = gzipSync(await (await fetch(url(VISIO, '/'))).text()).length;
  const { now, max } = memory(visio);
  await stop(visio);
  // Without refreshes, whose cost was measured above.
  const quiet = startVisio(HOUR_SECONDS);
  for (const address of VISITED) await until(url(VISIO, address), ({ status }) => status === 200);
  await pause(SETTLE_MS);
  for (const address of VISITED) await until(url(VISIO, address), ({ status }) => status === 200);
  await pause(SETTLE_MS);
  // V8 compiles what runs often.
  await measurePage({ child: quiet, port: VISIO }, '/', ROUNDS_TO_WARM);
  const cost = await measurePage({ child: quiet, port: VISIO }, '/', PAGE_ROUNDS);
  const hot = await measureHot(quiet);
  await Promise.all([quiet, ...clouds].map(stop));
  const cells = [
    `${size.hosts} / ${size.servers} / ${size.audits}`,
    seconds(stats),
    seconds(audits),
    cold,
    steady.toFixed(1),
    starting.toFixed(0),
    filling.toFixed(0),
    blocked.toFixed(0),
    `${now} / ${max}`,
    median(page).toFixed(0),
    cost.page.toFixed(1),
    cost.again.toFixed(1),
    cost.files.toFixed(1),
    kilo(html),
    kilo(cost.fileBytes),
  ];
  return { row: `| ${cells.join(' | ')} |`, hot };
}

async function main(): Promise<void> {
  const results: { size: Size; row: string; hot: string[] }[] = [];
  for (const size of SIZES.filter(({ hosts }) => wanted.length === 0 || wanted.includes(hosts))) {
    console.error(`${size.hosts} hosts …`);
    results.push({ size, ...(await measure(size)) });
  }
  const [cpu] = cpus();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'CPU'}\n`,
  );
  console.log(
    '| hosts / VMs / audits | stats ready, s | audits ready, s | requests, cold | requests per refresh | blocked at start, ms | blocked during first reading, ms | blocked later, ms | RSS now / max, MB | page, ms | page, CPU ms | again, CPU ms | its files, CPU ms | page, gzip | its files |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { row } of results) console.log(row);
  for (const { size, hot } of results) {
    console.log(`\n${size.hosts} hosts:\n\n| address | way | bytes | CPU, µs | bare, µs | ratio | requests/s |`);
    console.log('| --- | --- | --- | --- | --- | --- | --- |');
    for (const row of hot) console.log(row);
  }
}

process.chdir(ROOT);
try {
  await main();
} finally {
  await stopAll();
}
