import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NewerStoreError, type StoreNews } from '@/lib/store/bring-up-to-date';
import { MIGRATIONS } from '@/lib/store/migrations';
import { openStore } from '@/lib/store/store';
import { RECORDED } from '../store/recorded-stores';
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

describe('a PostgreSQL of another version', () => {
  async function ask(sql: string) {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query(sql).finally(() => client.end());
    return rows;
  }

  it.each(RECORDED)('from $step is brought up to date by replicas that start together', async ({ step, sql }) => {
    await postgres.empty();
    await ask(sql);
    const news: StoreNews[] = [];
    const replicas = [1, 2].map(() =>
      openStore({ kind: 'postgres', url: postgres.url }, () => 2_000, { report: (one) => news.push(one) }),
    );
    for (const store of await Promise.all(
      replicas.map(async (one) => ((await one.endedSessions.has('session-1')) ? one : null)),
    )) {
      expect((await store?.journal.find('a'))?.outcomes.length ?? null).toBe(step < '002' ? null : 1);
      expect((await store?.carefulRuns.find('run-1'))?.document).toEqual(
        step < '003' ? undefined : { left: [1, 2], why: null },
      );
      expect(await store?.capacityDays.list('cloud/one', 0)).toHaveLength(step < '004' ? 0 : 1);
      await store?.close();
    }
    const steps = Object.keys(MIGRATIONS).filter((name) => name > step);
    for (const one of news) expect(one).toEqual({ kind: 'changing', steps, copy: null });
    expect(news.length > 0).toBe(steps.length > 0);
  });

  it('that only adds to it is used on by earlier replicas; one that changes it for good is refused', async () => {
    await postgres.empty();
    const earlier = open();
    await earlier.endedSessions.add('a', 9_000);
    const later = (step: string) =>
      openStore({ kind: 'postgres', url: postgres.url }, () => 1_000, {
        migrations: {
          ...MIGRATIONS,
          [step]: { up: (db) => db.schema.createTable(`t${step}`).addColumn('id', 'text').execute() },
        },
      });
    const added = later('005-more');
    expect(await added.endedSessions.has('a')).toBe(true);
    await added.close();
    const restarted = open();
    expect(await Promise.all([earlier, restarted].map(({ endedSessions }) => endedSessions.has('a')))).toEqual([
      true,
      true,
    ]);
    await ask(`insert into kysely_migration values ('006-other-breaking', '2027-01-01T00:00:00.000Z')`);
    const refused = open();
    await expect(refused.endedSessions.has('a')).rejects.toThrow(NewerStoreError);
    await Promise.all([earlier, restarted, refused].map((store) => store.close()));
  });

  it('stays as it was if a step fails', async () => {
    await postgres.empty();
    await ask(RECORDED[0]?.sql ?? '');
    const store = openStore({ kind: 'postgres', url: postgres.url }, () => 1_000, {
      migrations: { ...MIGRATIONS, '999-fails': { up: () => Promise.reject(new Error('no room')) } },
    });
    await expect(store.endedSessions.has('session-1')).rejects.toThrow('no room');
    await store.close();
    expect(await ask("select table_name from information_schema.tables where table_name = 'acts'")).toEqual([]);
  });
});
