import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** What starts the build, with a build that only says something. */

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-start-'));
  for (const below of ['lib/server', '.next/standalone']) mkdirSync(path.join(folder, below), { recursive: true });
  for (const file of ['start.mjs', 'front.mjs', 'security-headers.mjs'])
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
  it('says everything as lines of the log, also what Next says of itself', () => {
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

  it('listens where it is told to, and takes the name of the machine for no wish', () => {
    expect(start({ HOSTNAME: '::', PORT: '8080' })[0].msg).toBe('Watcher Visio on http://[::]:8080');
    expect(start({ HOSTNAME: '192.0.2.1' }, '--listen', '0.0.0.0')[0].msg).toBe('Watcher Visio on http://0.0.0.0:3000');
  });
});
