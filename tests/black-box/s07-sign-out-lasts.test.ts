import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedisServer, type RedisServer } from '../redis/server';
import { SECRET, startProduct } from './support/product';
import { signIn, signOut, statusWith } from './support/sessions';

let folder: string;
let redis: RedisServer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-black-box-'));
  redis = await openRedisServer();
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true });
});

const start = (more: Record<string, string> = {}) =>
  startProduct({
    USE_MOCK_DATA: 'true',
    MOCK_HOSTS: '2',
    AUTH: 'keystone',
    AUTH_SECRET: SECRET,
    DATA_DIR: folder,
    ...more,
  });

const redisSays = (...command: string[]) =>
  execFileSync('redis-cli', ['-u', redis.url, ...command], { encoding: 'utf8' }).trim();

describe('S7: a session that was signed out', () => {
  it('stays signed out after a restart, and the others go on', async () => {
    const before = await start();
    const [ended, kept] = [await signIn(before.port), await signIn(before.port)];
    expect([await statusWith(before.port, ended), await statusWith(before.port, kept)]).toEqual([200, 200]);
    await signOut(before.port, ended);
    expect(await statusWith(before.port, ended)).toBe(401);
    await before.stop();

    const after = await start();
    expect([await statusWith(after.port, ended), await statusWith(after.port, kept)]).toEqual([401, 200]);
  });

  it('stays signed out for another replica when Redis has forgotten all', async () => {
    const replicas = [await start({ CACHE_URL: redis.url }), await start({ CACHE_URL: redis.url })] as const;
    const [ended, kept] = [await signIn(replicas[0].port), await signIn(replicas[0].port)];
    await signOut(replicas[0].port, ended);
    redisSays('FLUSHALL');
    expect([await statusWith(replicas[1].port, ended), await statusWith(replicas[1].port, kept)]).toEqual([401, 200]);
  });

  it('stays signed out after a restart while Redis is away', async () => {
    const before = await start({ CACHE_URL: redis.url });
    const ended = await signIn(before.port);
    await signOut(before.port, ended);
    await before.stop();
    await redis.stop();
    const after = await start({ CACHE_URL: redis.url });
    expect(await statusWith(after.port, ended)).toBe(401);
    await redis.start();
  });
});
