import { Client } from 'pg';
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
beforeEach(async () => {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
});

describe('the journal in a PostgreSQL', () => {
  journalCases(
    () => openStore({ kind: 'postgres', url: postgres.url }, () => now),
    (time) => {
      now = time;
    },
  );
});
