import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresDialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import Sqlite from 'libsql';
import { Pool, types } from 'pg';

/** Where the data is kept: a folder of this machine, a PostgreSQL that replicas share, or nowhere, for a demo. */
export type StorePlace = { kind: 'folder'; folder: string } | { kind: 'memory' } | { kind: 'postgres'; url: string };

/** The folder can't be used. The message is a sentence for people. */
export class StoreFolderError extends Error {}

export const STORE_FILE = 'watcher-visio.db';
/** Waits for a lock of another process on the file; ms. */
const BUSY_MS = 2_000;
/** For a connection and for a statement; ms. */
const POSTGRES_MS = 3_000;
/** All that one process needs at once. */
const CONNECTIONS = 4;

/** pg leaves 64-bit integers as text; ours are times, which a number holds exactly. */
const BIGINT = types.builtins.INT8;

/** @throws StoreFolderError if the folder can't be created or written */
export function dialectOf(place: StorePlace): Dialect {
  switch (place.kind) {
    case 'folder':
      return sqliteIn(place.folder);
    case 'memory':
      return sqlite(new Sqlite(':memory:'));
    case 'postgres':
      return postgresAt(place.url);
  }
}

/** SQLite as Kysely speaks it, but for transactions: they can change the schema, and wait for their turn before they read. */
const sqlite = (database: Sqlite.Database): Dialect => ({
  createAdapter: () => new TransactionalAdapter(),
  createDriver: () => new ImmediateDriver({ database }),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function sqliteIn(folder: string): Dialect {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    const database = new Sqlite(path.join(folder, STORE_FILE));
    // Readers and the writer do not wait for each other, and a crash loses nothing that was answered.
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;`);
    return sqlite(database);
  } catch (cause) {
    throw new StoreFolderError('DATA_DIR must name a folder that this process can write to.', { cause });
  }
}

function postgresAt(url: string): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: POSTGRES_MS,
    query_timeout: POSTGRES_MS,
    statement_timeout: POSTGRES_MS,
    types: {
      getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)),
    },
  });
  // A connection that breaks, idle or in use, fails its statement and is replaced; unheard, the event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
