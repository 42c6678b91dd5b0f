import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Migration } from 'kysely';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NewerStoreError, type StoreNews } from '@/lib/store/bring-up-to-date';
import { STORE_FILE } from '@/lib/store/dialects';
import { MIGRATIONS } from '@/lib/store/migrations';
import { openStore } from '@/lib/store/store';
import { intentOf } from './journal-cases';
import { RECORDED } from './recorded-stores';

let folder: string;
let file: string;
let news: StoreNews[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-upgrade-'));
  file = path.join(folder, STORE_FILE);
  news = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The store as a version with these steps opens it. */
const open = (migrations: Record<string, Migration> = MIGRATIONS) =>
  openStore({ kind: 'folder', folder }, () => 2_000, { migrations, report: (one) => news.push(one) });

function withFile<T>(name: string, use: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(name);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

const TABLES = "select name from sqlite_master where type = 'table' and name not like 'kysely%' order by name";

/** All rows of the product's tables. */
const contentOf = (name: string) =>
  withFile(name, (db) => {
    const tables = (db.prepare(TABLES).all() as { name: string }[]).map((table) => table.name);
    return Object.fromEntries(tables.map((table) => [table, db.prepare(`select * from ${table} order by 1`).all()]));
  });

const schemaOf = (name: string) =>
  withFile(name, (db) => db.prepare('select name, sql from sqlite_master order by name').all());

const write = (sql: string) => withFile(file, (db) => db.exec(sql));

const NEWEST = RECORDED.at(-1) ?? { step: '', sql: '' };

const COMMENT: Migration = { up: (db) => db.schema.createTable('comments').addColumn('id', 'text').execute() };
const RENAME: Migration = { up: (db) => db.schema.alterTable('acts').renameTo('deeds').execute() };

describe('a store of an earlier version', () => {
  it('is recorded for each step that was released', () => {
    expect(RECORDED.map(({ step }) => step)).toEqual(Object.keys(MIGRATIONS));
  });

  it.each(RECORDED)('from $step is brought up to date with all that is in it', async ({ sql }) => {
    write(sql);
    const before = contentOf(file);
    const store = open();
    expect(await store.endedSessions.has('session-1')).toBe(true);
    await store.journal.addIntent(intentOf('new'));
    expect((await store.journal.find('new'))?.reason).toBe('hot hosts');
    await store.close();
    const { acts, ...rest } = contentOf(file);
    const { acts: actsBefore = [], ...restBefore } = before;
    expect(rest).toMatchObject(restBefore);
    expect(acts).toEqual(expect.arrayContaining(actsBefore));
  });

  it('has the schema of a new one afterwards', async () => {
    const [oldest] = RECORDED;
    write(oldest?.sql ?? '');
    const upgraded = open();
    await upgraded.endedSessions.has('any');
    await upgraded.close();
    const schema = schemaOf(file);
    rmSync(file);
    write(NEWEST.sql);
    expect(schema).toEqual(schemaOf(file));
  });

  it('is kept beside it as it was, so that the earlier version can go on with that', async () => {
    const [{ sql }] = RECORDED.slice(1) as [(typeof RECORDED)[number]];
    write(sql);
    const before = contentOf(file);
    const later = open();
    await later.journal.addIntent(intentOf('later'));
    await later.close();
    const copy = `${file}.before-003-careful-runs`;
    expect(news).toEqual([{ kind: 'changing', steps: ['003-careful-runs', '004-capacity-days'], copy }]);
    expect(contentOf(copy)).toEqual(before);

    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    copyFileSync(copy, file);
    const earlier = open(Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 2)));
    expect((await earlier.journal.find('a'))?.outcomes).toHaveLength(1);
    await earlier.close();
    expect(contentOf(file)).toEqual(before);
  });

  it('is not copied when nothing changes, nor when it is new', async () => {
    for (let i = 0; i < 2; i++) {
      const store = open();
      await store.endedSessions.add(`s${i}`, 9_000);
      await store.close();
    }
    expect(news).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
  });

  it('stays as it was if a step fails, and the next use tries again', async () => {
    write(RECORDED[0]?.sql ?? '');
    const before = schemaOf(file);
    let isBroken = true;
    const fails: Migration = {
      up: async (db) => {
        if (isBroken) throw new Error('disk full');
        await COMMENT.up(db);
      },
    };
    const store = open({ ...MIGRATIONS, '999-fails': fails });
    await expect(store.endedSessions.has('session-1')).rejects.toThrow('disk full');
    expect(schemaOf(file)).toEqual(before);
    isBroken = false;
    expect(await store.endedSessions.has('session-1')).toBe(true);
    await store.close();
  });
});

describe('a store of a later version', () => {
  it('that only adds to it is used by an earlier one, with all that was done since', async () => {
    const later = open({ ...MIGRATIONS, '005-comments': COMMENT });
    await later.journal.addIntent(intentOf('later'));
    await later.close();
    const earlier = open();
    expect((await earlier.journal.find('later'))?.person).toBe('ops');
    await earlier.journal.addIntent(intentOf('earlier'));
    await earlier.close();
    expect(news).toEqual([{ kind: 'newer', steps: ['005-comments'] }]);
    const again = open({ ...MIGRATIONS, '005-comments': COMMENT });
    expect(await again.journal.find('earlier')).not.toBeNull();
    await again.close();
  });

  it('that changes it for good is refused by an earlier one, in words', async () => {
    const later = open({ ...MIGRATIONS, '005-deeds-breaking': RENAME });
    await later.endedSessions.add('s', 9_000);
    await later.close();
    const before = contentOf(file);
    const earlier = open();
    const refused = earlier.endedSessions.has('s');
    await expect(refused).rejects.toThrow(NewerStoreError);
    await expect(refused).rejects.toThrow('a newer version of Watcher Visio has changed (005-deeds-breaking)');
    await earlier.close();
    expect(contentOf(file)).toEqual(before);
  });

  it('is refused if it lacks a step of the earlier one', async () => {
    const { '004-capacity-days': _, ...others } = MIGRATIONS;
    const later = open({ ...others, '005-comments': COMMENT });
    await later.endedSessions.add('s', 9_000);
    await later.close();
    await expect(open().endedSessions.has('s')).rejects.toThrow(NewerStoreError);
  });
});

describe('processes that open a store', () => {
  const start = (...given: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'tests/store/store-process.ts', folder, ...given], {
      stdio: 'inherit',
    });

  it('together bring it up to date once', async () => {
    write(RECORDED[0]?.sql ?? '');
    const ends = await Promise.all(['a', 'b'].map((id) => once(start(id), 'exit')));
    expect(ends.map(([code]) => code)).toEqual([0, 0]);
    const store = open();
    expect(await Promise.all(['session-1', 'a', 'b'].map(store.endedSessions.has))).toEqual([true, true, true]);
    await store.close();
    const copies = readdirSync(folder).filter((name) => name.includes('before'));
    expect(copies).toEqual([`${STORE_FILE}.before-002-journal`]);
    expect(Object.keys(contentOf(path.join(folder, copies[0] ?? '')))).toEqual(['ended_sessions']);
  });

  it('leave it as it was if they die in the middle', async () => {
    write(RECORDED[0]?.sql ?? '');
    const before = schemaOf(file);
    expect((await once(start('a', 'die'), 'exit'))[1]).toBe('SIGKILL');
    expect(schemaOf(file)).toEqual(before);
    const store = open();
    expect(await store.endedSessions.has('session-1')).toBe(true);
    await store.close();
  });
});
