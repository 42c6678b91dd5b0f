import { type ChildProcess, execFileSync } from 'node:child_process';
import path from 'node:path';
import { measurePage, type PageCost } from './page-cost';
import { pause, ROOT, start, startSimulation, stopAll, until } from './processes';
import { SIZES } from './sizes';
import { startVisio, url } from './visio';

/**
 * npx tsx tests/bench/server/pages.ts 24 ../before .: what views of pages cost the builds in these folders, measured in
 * turns beside the same simulated cloud, and how the others compare with the first; and what an empty page of Next costs.
 * BENCH_PORT is the first of its ports, BENCH_PAGES the pages, with commas.
 */

const [hosts = '24', ...folders] = process.argv.slice(2);
const builds = folders.length === 0 ? [ROOT] : folders;
const PORT = Number(process.env.BENCH_PORT ?? 3900);
const [CLOUD, METRICS, FIRST] = [PORT, PORT + 1, PORT + 2];
const PAGES = process.env.BENCH_PAGES?.split(',') ?? ['/', '/hosts/', '/plans/audits/'];
const EMPTY_PAGE = 'tests/bench/empty-page';
/** Of turns, the median counts. */
const TURNS = 5;
const ROUNDS = 25;
/** V8 compiles what runs often. */
const ROUNDS_TO_WARM = 60;
/** What pages only show once it is there, such as the history of plans. */
const SETTLE_MS = 10_000;
const HOUR_SECONDS = 3_600;

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const kilo = (bytes: number) => (bytes / 1000).toFixed(1);

type Server = { child: ChildProcess; port: number; folder: string };

/** What Next itself costs. Built each time, since it is small. */
function startEmptyPage(port: number): Server {
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
  execFileSync('node', [next, 'build'], { cwd: EMPTY_PAGE, stdio: ['ignore', 'ignore', 'inherit'] });
  const child = start('node', [next, 'start', EMPTY_PAGE, '-H', '127.0.0.1', '-p', String(port)]);
  return { child, port, folder: 'empty page of Next' };
}

async function main(): Promise<void> {
  const size = SIZES.find((one) => one.hosts === Number(hosts)) ?? SIZES[0];
  if (size === undefined) return;
  for (const port of [CLOUD, METRICS]) startSimulation(size, port, { slow: false });
  await Promise.all([CLOUD, METRICS].map((port) => until(url(port, '/_sim/requests'), ({ ok }) => ok)));
  const servers: Server[] = builds.map((folder, at) => {
    const port = FIRST + at;
    const child = startVisio({ port, cloud: CLOUD, metrics: METRICS, ttlSeconds: HOUR_SECONDS, folder });
    return { child, port, folder };
  });
  const empty = startEmptyPage(FIRST + builds.length);
  await until(url(empty.port, '/'), ({ status }) => status === 200);
  for (const { port } of servers)
    for (const address of ['/api/audits/', '/api/stats/', ...PAGES])
      await until(url(port, address), ({ status }) => status === 200);
  await pause(SETTLE_MS);
  console.log('| page | build | CPU, ms | ratio | again, CPU, ms | files, CPU, ms | page, kB | files | files, kB |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const address of PAGES) {
    // Next's own page has no other address.
    const beside = address === '/' ? [...servers, empty] : servers;
    for (const server of beside) await measurePage(server, address, ROUNDS_TO_WARM);
    const turns: PageCost[][] = beside.map(() => []);
    for (let turn = 0; turn < TURNS; turn++)
      for (const [at, server] of beside.entries()) turns[at]?.push(await measurePage(server, address, ROUNDS));
    const pages = turns.map((costs) => median(costs.map(({ page }) => page)));
    for (const [at, costs] of turns.entries()) {
      const [last] = costs.slice(-1);
      if (last === undefined) continue;
      const page = pages[at] ?? 0;
      const files = median(costs.map((cost) => cost.files));
      const again = median(costs.map((cost) => cost.again));
      const ratio = page / (pages[0] ?? page);
      const cells = [
        address,
        beside[at]?.folder,
        ...[page, ratio].map((one) => one.toFixed(2)),
        again.toFixed(1),
        files.toFixed(1),
      ];
      console.log(`| ${[...cells, kilo(last.pageBytes), last.fileCount, kilo(last.fileBytes)].join(' | ')} |`);
    }
  }
}

process.chdir(ROOT);
try {
  await main();
} finally {
  await stopAll();
}
