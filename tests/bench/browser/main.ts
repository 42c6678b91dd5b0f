import { execFileSync } from 'node:child_process';
import { cpus, platform, release } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { startApp, startServer } from '../../e2e/support/servers';
import { type Load, measureLoad, median } from './measure';
import { measureSwitches, type Switch, type Way } from './switches';

/**
 * npm run bench:browser: browser cost of the pages, compared with an empty page of the same framework that is built and
 * measured in the same run. Prints Markdown. LOADS and SWITCHES set the repetitions, SLOWER the slowdown of the processor.
 */

const ROOT = path.resolve(import.meta.dirname, '../../..');
const EMPTY = 'tests/bench/empty-page';
const LOADS = Number(process.env.LOADS ?? 5);
const SWITCHES = Number(process.env.SWITCHES ?? 7);
const SLOWER = Number(process.env.SLOWER ?? 1);
const SIZES = [
  { hosts: 24, servers: 400 },
  { hosts: 1_000, servers: 20_000 },
];

const kB = (bytes: number) => (bytes / 1000).toFixed(1);
const ms = (value: number) => value.toFixed(0);

function row(name: string, loads: Load[]): string {
  const of = (key: keyof Load) => median(loads.map((load) => load[key]));
  const cells = [
    kB(of('firstJs')),
    kB(of('laterJs')),
    kB(of('css')),
    kB(of('fonts')),
    kB(of('html')),
    ms(of('firstPaint')),
    ms(of('largestPaint')),
    ms(of('longestTask')),
    of('shift').toFixed(4),
  ];
  const line = `| ${name} | ${cells.join(' | ')} |`;
  console.error(line);
  return line;
}

/** One table row per way of choosing, with the idle page first. */
function switchRows(hosts: number, done: Switch[]): string[] {
  const ways = [...new Set(done.map(({ way }) => way))];
  const of = (wanted: Way, key: 'cpu' | 'tasks' | 'longest' | 'shown') =>
    done.flatMap(({ way, [key]: value }) => (way === wanted && value !== null ? [value] : []));
  const idle = median(of('idle', 'cpu'));
  return ways.map((way) => {
    const [cpu, tasks] = [of(way, 'cpu'), of(way, 'tasks')];
    const net = way === 'idle' ? ['', ''] : [ms(median(cpu) - idle), ms(Math.max(...cpu) - idle)];
    const cells = [
      ...[ms(median(cpu)), ms(Math.max(...cpu)), ...net, ms(median(tasks)), ms(Math.max(...tasks))],
      ms(Math.max(...of(way, 'longest'))),
      way === 'idle' ? '' : ms(median(of(way, 'shown'))),
    ];
    const line = `| ${hosts} | ${way} | ${cells.join(' | ')} |`;
    console.error(line);
    return line;
  });
}

const HEAD = [
  '| page | first JS kB | later JS kB | CSS kB | fonts kB | HTML kB | first paint ms | largest paint ms | longest task ms | layout shift |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

/** Waits until the first reading is complete; until then responses are marked as partial. */
async function untilRead(url: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const response = await fetch(`${url}/api/v1/hosts/?limit=1`);
    await response.arrayBuffer();
    if (response.ok && response.headers.get('x-data-state') !== 'partial') return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('gave up waiting for the first reading of the cloud');
}

async function main(): Promise<void> {
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
  execFileSync(process.execPath, [next, 'build'], {
    cwd: path.join(ROOT, EMPTY),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const measure = async (url: string) => {
    await measureLoad(browser, url, SLOWER);
    const loads: Load[] = [];
    for (let load = 0; load < LOADS; load++) loads.push(await measureLoad(browser, url, SLOWER));
    return loads;
  };
  const rows: string[] = [];
  const switches: string[] = [];
  const empty = await startServer((port) => [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    ready: '/',
    folder: EMPTY,
  });
  rows.push(row('empty page', await measure(`${empty.url}/`)));
  await empty.stop();
  for (const { hosts, servers } of SIZES) {
    const app = await startApp({
      USE_MOCK_DATA: 'true',
      MOCK_HOSTS: String(hosts),
      MOCK_SERVERS: String(servers),
      UPSTREAM_TIMEOUT: '60',
    });
    await untilRead(app.url);
    const named = (name: string) => `${name}, ${hosts} hosts`;
    rows.push(row(named('overview'), await measure(`${app.url}/`)));
    rows.push(row(named('hosts'), await measure(`${app.url}/hosts/`)));
    rows.push(row(named('host'), await measure(`${app.url}/hosts/cmp-r01-04/`)));
    const done = await measureSwitches(browser, `${app.url}/`, { slower: SLOWER, times: SWITCHES });
    switches.push(...switchRows(hosts, done));
    await app.stop();
  }
  const version = browser.version();
  await browser.close();
  const [first] = cpus();
  console.log(
    [
      `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${platform()} ${release()}, Node ${process.version}, Chromium ${version}, processor slowed ${SLOWER}×, medians of ${LOADS}. Sizes with gzip, fonts as they are.`,
      '',
      ...HEAD,
      ...rows,
      '',
      `Choosing another audit, ${SWITCHES} times each; work of the main thread in the second after the input, and the same minus an idle second:`,
      '',
      '| hosts | chosen by | CPU ms, median | CPU ms, max | minus idle, median | minus idle, max | tasks ms, median | tasks ms, max | longest task ms | shown after ms, median |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...switches,
    ].join('\n'),
  );
}

await main();
