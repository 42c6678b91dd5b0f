import type { Kysely, Migration } from 'kysely';

/**
 * Steps that bring any earlier schema up to date, in the order of their names. A step that was released is never changed; the
 * next change is a new step. They run with SQLite and with PostgreSQL, so they use what both have, and
 * on SQLite two processes may run one at the same time.
 */
export const MIGRATIONS: Record<string, Migration> = {
  '001-ended-sessions': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('ended_sessions')
        .ifNotExists()
        .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
};
