import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The start script with a build that only prints something. */

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-start-'));
  for (const below of ['lib/server', '.next/standalone']) mkdirSync(path.join(folder, below), { recursive: true });
  for (const file of readdirSync('lib/server').filter((name) => name.endsWith('.mjs')))
    copyFileSync(path.join('lib/server', file), path.join(folder, 'lib/server', file));
  const build = `console.log('\\u001b[1m▲ %s\\u001b[0m', 'Next.js'); console.log(''); console.log(process.env.HOSTNAME, process.env.PORT);`;
  writeFileSync(path.join(folder, '.next/standalone/server.js'), build);
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (settings: Record<string, string>, ...given: string[]) =>
  execFileSync(process.execPath, ['lib/server/start.mjs', ...given], {
    cwd: folder,
    encoding: 'utf8',
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...settings },
  })
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const run = (script: string, settings: Record<string, string> = {}) =>
  spawnSync(process.execPath, [path.join('lib/server', script)], {
    cwd: folder,
    encoding: 'utf8',
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...settings },
  });

describe('the start', () => {
  it('keeps relative paths in the folder where it was started, which Next’s server leaves', () => {
    writeFileSync(
      path.join(folder, '.next/standalone/server.js'),
      `process.chdir(import.meta.dirname);
      const startedIn = globalThis[Symbol.for('watcher-visio.started-in')];
      console.log(startedIn, process.env.DATA_DIR, process.env.OS_CACERT, process.env.OS_PASSWORD_FILE, process.env.OS_CLOUD);`,
    );
    writeFileSync(path.join(folder, '.next/standalone/package.json'), '{"type":"module"}');
    const lines = start({
      PORT: '0',
      DATA_DIR: 'data',
      OS_CACERT: './ca.pem',
      OS_PASSWORD_FILE: '/run/pw',
      OS_CLOUD: 'a',
    });
    const here = realpathSync(folder);
    expect(lines.at(-1).msg).toBe(`${here} ${here}/data ${here}/ca.pem /run/pw a`);
  });

  it('prints only log lines, including Next’s own messages', () => {
    const lines = start({ USE_MOCK_DATA: 'true', PORT: '0' });
    expect(lines.map(({ msg }) => msg)).toEqual([
      'Watcher Visio with a simulated cloud on http://127.0.0.1:0',
      '▲ Next.js',
      '127.0.0.1 0',
    ]);
    for (const { level, time } of lines) {
      expect(level).toBe('info');
      expect(new Date(time).toISOString()).toBe(time);
    }
  });

  it('listens on the configured address', () => {
    expect(start({ HOSTNAME: '::1', PORT: '0' })[0].msg).toBe('Watcher Visio on http://[::1]:0');
    expect(start({ HOSTNAME: '192.0.2.1', PORT: '0' }, '--listen', '0.0.0.0')[0].msg).toBe(
      'Watcher Visio on http://0.0.0.0:0',
    );
  });

  it.each(['abc', '3000x', '-1', '65536', '1e3'])('ends with one sentence and code 78 if PORT is %s', (PORT) => {
    const { status, stdout, stderr } = run('start.mjs', { PORT });
    expect({ status, stdout, stderr }).toEqual({
      status: 78,
      stdout: '',
      stderr: 'PORT must be a number from 0 to 65535.\n',
    });
  });

  it.each(['start.mjs', 'check-port.mjs'])('says in one sentence that the port is in use: %s', async (script) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stdout, stderr } = run(script, { PORT: String(port) });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `Port ${port} on 127.0.0.1 is in use by another program. Choose another one with PORT=8080.\n`,
    });
    await new Promise((resolve) => other.close(resolve));
    expect(run(script, { PORT: String(port) }).status).toBe(0);
  });

  it('says nothing but what is wrong if the settings are', () => {
    const build = `console.log('Ready'); setTimeout(() => { console.error('OS_CLOUD is wrong'); process.exit(78); }, 50)`;
    writeFileSync(path.join(folder, '.next/standalone/server.js'), build);
    const { status, stdout, stderr } = run('start.mjs', { PORT: '0' });
    expect({ status, stdout, stderr }).toEqual({ status: 78, stdout: '', stderr: 'OS_CLOUD is wrong\n' });
  });

  it('says that it is ready once the settings are checked', () => {
    const build = `console.log('Ready'); globalThis[Symbol.for('watcher-visio.settings-checked')](); console.log('later'); process.exit(3)`;
    writeFileSync(path.join(folder, '.next/standalone/server.js'), build);
    const { stdout } = run('start.mjs', { PORT: '0' });
    const words = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(words).toEqual(['Watcher Visio on http://127.0.0.1:0', 'Ready', 'later']);
  });
});

describe('the build of the demo', () => {
  const built = () => path.join(folder, 'built');
  const LATER = new Date(Date.now() + 60_000);

  function buildIfChanged(): boolean {
    rmSync(built(), { force: true });
    const { status, stderr } = run('build-if-changed.mjs');
    expect([status, stderr]).toEqual([0, '']);
    return existsSync(built());
  }

  beforeEach(() => {
    for (const place of ['app', 'components', 'node_modules']) mkdirSync(path.join(folder, place));
    for (const file of ['instrumentation.ts', 'next.config.mjs', 'node_modules/.package-lock.json', 'proxy.ts'])
      writeFileSync(path.join(folder, file), '');
    writeFileSync(path.join(folder, 'tsconfig.json'), '{}');
    writeFileSync(path.join(folder, 'app/page.tsx'), '');
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { build: 'touch built' } }));
    utimesSync(path.join(folder, '.next/standalone/server.js'), LATER, LATER);
  });

  it('is left out if nothing has changed since the last one', () => {
    expect(buildIfChanged()).toBe(false);
  });

  it('runs if a file has changed, come or gone, or there is no build', () => {
    const even = new Date(LATER.getTime() + 60_000);
    utimesSync(path.join(folder, 'app/page.tsx'), even, even);
    expect(buildIfChanged()).toBe(true);
    rmSync(path.join(folder, 'app/page.tsx'));
    utimesSync(path.join(folder, 'app'), even, even);
    expect(buildIfChanged()).toBe(true);
    utimesSync(path.join(folder, 'app'), LATER, LATER);
    expect(buildIfChanged()).toBe(false);
    rmSync(path.join(folder, '.next'), { recursive: true });
    expect(buildIfChanged()).toBe(true);
  });
});

describe('the start with a Node.js that is too old', () => {
  const OLDEST = JSON.parse(readFileSync('package.json', 'utf8')).engines.node.replace('>=', '');

  /** This Node.js, under another version. */
  function startAs(version: string) {
    const pretend = path.join(folder, 'pretend.cjs');
    writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    return spawnSync(process.execPath, ['--require', pretend, 'lib/server/start.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PORT: '0' },
    });
  }

  it.each(['14.21.3', '18.20.8', '20.9.0', '20.18.0'])('ends with one sentence and code 78 on %s', (version) => {
    const { status, stdout, stderr } = startAs(version);
    expect(stderr).toBe(`Watcher Visio needs Node.js ${OLDEST} or newer; this is ${version}.\n`);
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
  });

  it.each([OLDEST, '20.19.0', '21.0.0', '22.0.0', '100.0.0'])('starts on %s', (version) => {
    expect(startAs(version)).toMatchObject({ status: 0, stderr: '' });
  });
});
