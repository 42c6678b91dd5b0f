import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The start script with a build that only prints something. */

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-start-'));
  for (const below of ['lib/server', '.next/standalone']) mkdirSync(path.join(folder, below), { recursive: true });
  for (const file of ['start.mjs', 'node-version.mjs', 'production.mjs', 'server-front.mjs', 'security-headers.mjs'])
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

describe('the start', () => {
  it('prints only log lines, including Next’s own messages', () => {
    const lines = start({ USE_MOCK_DATA: 'true' });
    expect(lines.map(({ msg }) => msg)).toEqual([
      'Watcher Visio with a simulated cloud on http://127.0.0.1:3000',
      '▲ Next.js',
      '127.0.0.1 3000',
    ]);
    for (const { level, time } of lines) {
      expect(level).toBe('info');
      expect(new Date(time).toISOString()).toBe(time);
    }
  });

  it('listens on the configured address', () => {
    expect(start({ HOSTNAME: '::', PORT: '8080' })[0].msg).toBe('Watcher Visio on http://[::]:8080');
    expect(start({ HOSTNAME: '192.0.2.1' }, '--listen', '0.0.0.0')[0].msg).toBe('Watcher Visio on http://0.0.0.0:3000');
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
