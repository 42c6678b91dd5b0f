import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulationServer, serveSimulation } from '@/lib/simulation/server';
import { openSimulation } from '@/lib/simulation/simulation';
import { freePort } from '../redis/server';
import { startServer } from '../soak/server';
import { openPostgresServer, type PostgresServer } from './server';

/** Production servers that are stopped and started again between a sign-out and the next request. */

let cloud: SimulationServer;
let postgres: PostgresServer;
let folder: string;
beforeAll(async () => {
  if (!existsSync('.next/standalone/server.js')) throw new Error('There is no build. Run: npm run build');
  cloud = await serveSimulation(openSimulation({ hosts: 3, servers: 10, audits: 2 }));
  postgres = await openPostgresServer();
  folder = mkdtempSync(path.join(tmpdir(), 'visio-restart-'));
});
afterAll(async () => {
  await cloud.close();
  postgres.stop();
  postgres.remove();
  rmSync(folder, { recursive: true });
});

const start = async (more: Record<string, string>) =>
  startServer(await freePort(), {
    OS_AUTH_URL: `${cloud.url}/identity/v3`,
    OS_USERNAME: 'visio',
    OS_PASSWORD: 'simulated',
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    PROMETHEUS_URL: `${cloud.url}/prometheus`,
    AUTH: 'keystone',
    AUTH_SECRET: 'Zq8vT3nW5yB7kM2pX9cR4jL6hF1dS0gA',
    LOG_LEVEL: 'error',
    ...more,
  });

/** The cookie of a new session. */
async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/sign-in/`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ user: 'visio', password: 'simulated', domain: 'Default' }),
    redirect: 'manual',
  });
  const [cookie] = (response.headers.get('set-cookie') ?? '').split(';');
  if (!cookie) throw new Error(`no cookie: ${response.status} ${response.headers.get('location')}`);
  return cookie;
}

const look = async (url: string, cookie: string) =>
  (await fetch(`${url}/api/source-status/`, { headers: { cookie } })).status;

describe('a session that was signed out', () => {
  it.each([
    ['a file', () => ({ DATA_DIR: folder })],
    ['PostgreSQL', () => ({ DATABASE_URL: postgres.url })],
  ])('stays signed out after a restart, with %s', async (_, settings) => {
    const before = await start(settings());
    const [ended, kept] = [await signIn(before.url), await signIn(before.url)];
    expect([await look(before.url, ended), await look(before.url, kept)]).toEqual([200, 200]);
    await fetch(`${before.url}/api/sign-out/`, {
      method: 'POST',
      headers: { origin: before.url, cookie: ended },
      redirect: 'manual',
    });
    await before.stop();

    const after = await start(settings());
    expect([await look(after.url, ended), await look(after.url, kept)]).toEqual([401, 200]);
    expect(after.errors).toEqual([]);
    await after.stop();
  });
});
