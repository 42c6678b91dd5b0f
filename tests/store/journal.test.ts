import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '@/lib/store/store';
import { capacityDayCases } from './capacity-day-cases';
import { carefulRunCases } from './careful-run-cases';
import { intentOf, journalCases, REGION } from './journal-cases';

let folder: string;
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openStore({ kind: 'folder', folder }, () => now);

describe('the journal in a folder', () => {
  journalCases(open, (time) => {
    now = time;
  });

  it('is the same after a restart', async () => {
    const before = open();
    await before.journal.addIntent(intentOf('a'));
    await before.close();
    const after = open();
    expect(await after.journal.find('a')).toMatchObject({ id: 'a', reason: 'hot hosts' });
    await after.close();
  });
});

describe('careful runs in a folder', () => {
  carefulRunCases(open);
});

describe('days of capacity in a folder', () => {
  capacityDayCases(open);
});

describe('the journal in memory', () => {
  it('is gone with the store', async () => {
    const store = openStore({ kind: 'memory' }, () => now);
    await store.journal.addIntent(intentOf('a'));
    expect(await store.journal.list({ region: REGION, limit: 9 })).toHaveLength(1);
    await store.close();
    const next = openStore({ kind: 'memory' }, () => now);
    expect(await next.journal.list({ region: REGION, limit: 9 })).toEqual([]);
    await next.close();
  });
});
