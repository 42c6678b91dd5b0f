import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore } from '@/lib/store/store';
import { journalCases } from '../store/journal-cases';
import { openPostgresServer, type PostgresServer } from './server';

let postgres: PostgresServer;
let now = 0;
beforeAll(async () => {
  postgres = await openPostgresServer();
});
afterAll(() => {
  postgres.stop();
  postgres.remove();
});
beforeEach(() => postgres.empty());

describe('the journal in a PostgreSQL', () => {
  journalCases(
    () => openStore({ kind: 'postgres', url: postgres.url }, () => now),
    (time) => {
      now = time;
    },
  );
});
