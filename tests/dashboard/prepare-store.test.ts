import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareStore, theStore } from '@/lib/dashboard/sources/store';
import { forgetEnv } from '@/lib/env';
import { forgetProcessWide } from '@/lib/process-wide';
import { STORE_FILE } from '@/lib/store/dialects';
import { RECORDED } from '../store/recorded-stores';

let folder: string;
let db: Sqlite.Database;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-prepare-'));
  for (const [name, value] of Object.entries({
    DATA_DIR: folder,
    OS_AUTH_URL: 'http://keystone.test',
    LOG_LEVEL: 'silent',
  }))
    vi.stubEnv(name, value);
  forgetEnv();
  db = new Sqlite(path.join(folder, STORE_FILE));
  db.exec(RECORDED.at(-1)?.sql ?? '');
});
afterEach(async () => {
  await theStore()?.close();
  forgetProcessWide('store');
  db.close();
  vi.unstubAllEnvs();
  forgetEnv();
  rmSync(folder, { recursive: true });
});

describe('the store at the start', () => {
  it('stops it like a wrong setting if a newer version has changed the data for good', async () => {
    db.exec("insert into kysely_migration values ('005-new-breaking', '2027-01-01T00:00:00.000Z')");
    await expect(prepareStore()).rejects.toMatchObject({
      problems: [
        'DATA_DIR holds data that a newer version of Watcher Visio has changed (005-new-breaking): start that version, or put back the backup from before it, as docs/upgrading.md says',
      ],
    });
  });

  it('lets it go on if the database can’t be used at the moment', async () => {
    db.exec('drop table acts');
    await expect(prepareStore()).resolves.toBeUndefined();
  });
});
