import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreFolderError } from '@/lib/store/dialects';
import { openStore, type Store } from '@/lib/store/store';

let folder: string;
let now: number;
const open = (): Store => openStore({ kind: 'folder', folder }, () => now);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-store-'));
  now = 1_000;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the store in a folder', () => {
  it('knows ended sessions after a restart', async () => {
    const before = open();
    await before.endedSessions.add('a', 5_000);
    await before.close();
    const after = open();
    expect([await after.endedSessions.has('a'), await after.endedSessions.has('b')]).toEqual([true, false]);
    await after.close();
  });

  it('drops sessions that have expired when the next one ends', async () => {
    const store = open();
    await store.endedSessions.add('a', 5_000);
    now = 5_000;
    await store.endedSessions.add('b', 9_000);
    expect([await store.endedSessions.has('a'), await store.endedSessions.has('b')]).toEqual([false, true]);
    await store.close();
  });

  it('takes the same sign-out twice', async () => {
    const store = open();
    await store.endedSessions.add('a', 5_000);
    await store.endedSessions.add('a', 5_000);
    expect(await store.endedSessions.has('a')).toBe(true);
    await store.close();
  });

  it('says so if the folder can’t be used', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(() => openStore({ kind: 'folder', folder: file }, () => now)).toThrow(StoreFolderError);
  });
});
