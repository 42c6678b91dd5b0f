import { execFileSync } from 'node:child_process';
import { cpus, platform, release } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { startApp, startServer } from '../../e2e/support/servers';
import { type Load, measureLoad, median } from './measure';
import { measureSwitches, type Switch, type Way } from './switches';

/**
 * npm run bench:browser: browser cost of the pages, compared with an empty page of the same framework that is built and
 * measured in the same run. Prints Markdown. LOADS and SWITCHES set the repetitions, SLOWER the slowdown of the processor.
 */

const ROOT = path.resolve(import.meta.dirname, '../../..');
const EMPTY = 'tests/bench/empty-page';
const LOADS = Number(process.env.LOADS ?? 9);
const SWITCHES = Number(process.env.SWITCHES ?? 7);
const SLOWER = Number(process.env.SLOWER ?? 1);
const SIZES = [
  { hosts: 24, servers: 400 },
  { hosts: 1_000, servers: 20_000 },
];

const PAGES = {
  overview: '/',
  plans: '/plans/',
  audits: '/plans/audits/',
  hosts: '/hosts/',
  host: '/hosts/cmp-r01-04/',
};

const kB = (bytes: number) => (bytes / 1000).toFixed(1);
const ms = (value: number) => value.toFixed(0);

/** One table row. @param nothing the loads of the empty page in the same turns */
function row(name: string, loads: Load[], nothing: Load[]): string {
  const of = (key: keyof Load, from = loads) => median(from.map((load) => load[key]));
  const cells = [
    kB(of('firstJs')),
    kB(of('firstJs') - of('firstJs', nothing)),
    kB(of('laterJs')),
    kB(of('css')),
    kB(of('fonts')),
    kB(of('html')),
    ms(of('firstPaint')),
    median(loads.map(({ firstPaint }, turn) => firstPaint / (nothing[turn]?.firstPaint ?? Number.NaN))).toFixed(2),
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
  '| page | first JS kB | over empty kB | later JS kB | CSS kB | fonts kB | HTML kB | first paint ms | ÷ empty | largest paint ms | longest task ms | layout shift |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

/**
 * Each address in turn, so that other work on the machine meets all of them alike; the first turn is not counted.
 *
 * @returns the loads of each address
 */
async function measureInTurns(browser: Browser, addresses: string[]): Promise<Load[][]> {
  const loads: Load[][] = addresses.map(() => []);
  for (let turn = 0; turn <= LOADS; turn++) {
    for (const [at, address] of addresses.entries()) {
      const load = await measureLoad(browser, address, SLOWER);
      if (turn > 0) loads[at]?.push(load);
    }
  }
  return loads;
}

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
  const rows: string[] = [];
  const switches: string[] = [];
  const empty = await startServer((port) => [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    ready: '/',
    folder: EMPTY,
  });
  for (const { hosts, servers } of SIZES) {
    const app = await startApp({
      USE_MOCK_DATA: 'true',
      MOCK_HOSTS: String(hosts),
      MOCK_SERVERS: String(servers),
      UPSTREAM_TIMEOUT: '60',
    });
    await untilRead(app.url);
    const addresses = [`${empty.url}/`, ...Object.values(PAGES).map((path) => `${app.url}${path}`)];
    const [nothing = [], ...pages] = await measureInTurns(browser, addresses);
    rows.push(row(`empty page, beside ${hosts} hosts`, nothing, nothing));
    for (const [at, name] of Object.keys(PAGES).entries()) {
      rows.push(row(`${name}, ${hosts} hosts`, pages[at] ?? [], nothing));
    }
    const done = await measureSwitches(browser, `${app.url}${PAGES.audits}`, { slower: SLOWER, times: SWITCHES });
    switches.push(...switchRows(hosts, done));
    await app.stop();
  }
  await empty.stop();
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
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...switches,
    ].join('\n'),
  );
}

await main();
