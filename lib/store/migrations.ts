import type { ColumnDefinitionBuilder, Kysely, Migration } from 'kysely';

/** What the name of a step ends in if earlier versions can't use the database after it. */
const BREAKING = '-breaking';

export const isBreaking = (step: string): boolean => step.endsWith(BREAKING);

/**
 * Steps that bring any earlier schema up to date, in the order of their names. A step that was released is never changed; the
 * next change is a new step. They run with SQLite and with PostgreSQL, so they use what both have. Within a major version
 * they only add tables, indexes, and columns that may be empty: an earlier version still runs beside or after a later one.
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
  '002-journal': {
    up: async (db: Kysely<unknown>) => {
      const filled = (column: ColumnDefinitionBuilder) => column.notNull();
      await db.schema
        .createTable('acts')
        .ifNotExists()
        .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
        .addColumn('at', 'bigint', filled)
        .addColumn('person', 'text', filled)
        .addColumn('user_id', 'text')
        .addColumn('domain', 'text')
        .addColumn('address', 'text')
        .addColumn('identified_by', 'text', filled)
        .addColumn('account', 'text', filled)
        .addColumn('region', 'text', filled)
        .addColumn('act', 'text', filled)
        .addColumn('object_type', 'text', filled)
        .addColumn('object_id', 'text', filled)
        .addColumn('object_name', 'text', filled)
        .addColumn('audit_id', 'text')
        .addColumn('reason', 'text', filled)
        .addColumn('request', 'text', filled)
        .addColumn('checked', 'text', filled)
        .execute();
      await db.schema.createIndex('acts_by_time').ifNotExists().on('acts').columns(['at', 'id']).execute();
      await db.schema.createIndex('acts_by_object').ifNotExists().on('acts').column('object_id').execute();
      await db.schema
        .createTable('act_outcomes')
        .ifNotExists()
        .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
        .addColumn('act_id', 'varchar(36)', filled)
        .addColumn('at', 'bigint', filled)
        .addColumn('outcome', 'text', filled)
        .addColumn('detail', 'text', filled)
        .addColumn('request_ids', 'text', filled)
        .execute();
      await db.schema.createIndex('outcomes_by_act').ifNotExists().on('act_outcomes').column('act_id').execute();
      await db.schema
        .createTable('act_keys')
        .ifNotExists()
        .addColumn('digest', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('body_digest', 'varchar(64)', filled)
        .addColumn('act_id', 'varchar(36)', filled)
        .addColumn('at', 'bigint', filled)
        .execute();
      await db.schema
        .createTable('act_locks')
        .ifNotExists()
        .addColumn('object', 'varchar(255)', (column) => column.primaryKey())
        .addColumn('act_id', 'varchar(36)', filled)
        .addColumn('until', 'bigint', filled)
        .execute();
      await db.schema
        .createTable('journal_cuts')
        .ifNotExists()
        .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
        .addColumn('at', 'bigint', filled)
        .addColumn('before', 'bigint', filled)
        .addColumn('acts', 'integer', filled)
        .execute();
    },
  },
  '003-careful-runs': {
    up: async (db: Kysely<unknown>) => {
      const filled = (column: ColumnDefinitionBuilder) => column.notNull();
      await db.schema
        .createTable('careful_runs')
        .ifNotExists()
        .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
        .addColumn('region', 'text', filled)
        .addColumn('state', 'varchar(16)', filled)
        .addColumn('object', 'text', filled)
        .addColumn('created_at', 'bigint', filled)
        .addColumn('document', 'text', filled)
        .addColumn('version', 'integer', filled)
        .execute();
      await db.schema.createIndex('careful_runs_by_state').ifNotExists().on('careful_runs').column('state').execute();
    },
  },
  '004-capacity-days': {
    up: async (db: Kysely<unknown>) => {
      const filled = (column: ColumnDefinitionBuilder) => column.notNull();
      await db.schema
        .createTable('capacity_days')
        .ifNotExists()
        .addColumn('region', 'varchar(255)', filled)
        .addColumn('zone', 'varchar(255)', filled)
        .addColumn('resource', 'varchar(16)', filled)
        .addColumn('day', 'integer', filled)
        .addColumn('used', 'double precision', filled)
        .addColumn('capacity', 'double precision', filled)
        .addPrimaryKeyConstraint('capacity_days_key', ['region', 'zone', 'resource', 'day'])
        .execute();
    },
  },
};
