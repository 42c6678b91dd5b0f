import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '@/lib/store/store';
import { openPostgresServer, type PostgresServer } from './server';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await openPostgresServer();
});
afterAll(() => {
  postgres.stop();
  postgres.remove();
});

const open = (now = () => 1_000) => openStore({ kind: 'postgres', url: postgres.url }, now);

describe('the store in a PostgreSQL', () => {
  it('is made by replicas that start together, and shared by them', async () => {
    const replicas = [open(), open(), open()] as const;
    await Promise.all(replicas.map((store, at) => store.endedSessions.add(`s${at}`, 9_007_199_254_740_991)));
    for (const store of replicas) {
      expect(await Promise.all(['s0', 's1', 's2', 's3'].map((id) => store.endedSessions.has(id)))).toEqual([
        true,
        true,
        true,
        false,
      ]);
    }
    await Promise.all(replicas.map((store) => store.close()));
  });

  it('drops sessions that have expired when the next one ends', async () => {
    const store = open(() => 5_000);
    await store.endedSessions.add('old', 5_001);
    const later = open(() => 5_001);
    await later.endedSessions.add('new', 9_000);
    expect([await later.endedSessions.has('old'), await later.endedSessions.has('new')]).toEqual([false, true]);
    await Promise.all([store.close(), later.close()]);
  });

  it('fails while the PostgreSQL is away, and goes on by itself when it is back', async () => {
    const store = open();
    await store.endedSessions.add('kept', 9_000);
    postgres.stop();
    await expect(store.endedSessions.has('kept')).rejects.toThrow();
    postgres.start();
    expect(await store.endedSessions.has('kept')).toBe(true);
    await store.close();
  });

  it('that is away at the start is brought up to date at the first use', async () => {
    postgres.stop();
    const store = open();
    await expect(store.endedSessions.has('kept')).rejects.toThrow();
    postgres.start();
    expect(await store.endedSessions.has('kept')).toBe(true);
    await store.close();
  });
});
