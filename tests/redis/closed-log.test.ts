import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePort } from './server';

const PATH = '/api/health/live/';

/** Waits until the server answers. */
async function isLive(url: string): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}${PATH}`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

it('a server whose log nobody reads any more goes on, and stops when it is told to', async () => {
  if (!existsSync('.next/standalone/server.js')) throw new Error('There is no build. Run: npm run build');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['lib/server/start.mjs'], {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      USE_MOCK_DATA: 'true',
      // Every request is a line.
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  child.stdout.resume();
  expect(await isLive(url)).toBe(true);
  child.stdout.destroy();
  child.stderr.destroy();
  for (let n = 0; n < 5; n++) expect((await fetch(`${url}${PATH}`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exit).toEqual([143, null]);
});
