import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore } from '@/lib/store/store';
import { capacityDayCases } from '../store/capacity-day-cases';
import { carefulRunCases } from '../store/careful-run-cases';
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

const open = () => openStore({ kind: 'postgres', url: postgres.url }, () => now);

describe('the journal in a PostgreSQL', () => {
  journalCases(open, (time) => {
    now = time;
  });
});

describe('careful runs in a PostgreSQL', () => {
  carefulRunCases(open);
});

describe('days of capacity in a PostgreSQL', () => {
  capacityDayCases(open);
});
