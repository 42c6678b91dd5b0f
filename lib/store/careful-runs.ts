import type { Kysely, Selectable } from 'kysely';
import type { Tables } from './tables';

/** A careful run as it is kept. Times in ms since the epoch. */
export type KeptRun = {
  id: string;
  region: string;
  /** running, paused, ending, ended */
  state: string;
  /** The plan that it carries out, or the host that it drains. */
  object: string;
  createdAt: number;
  /** JSON value: the record, who asked for it, and why. */
  document: unknown;
  /** How often it was changed. */
  version: number;
};

export type CarefulRuns = {
  add(run: Omit<KeptRun, 'version'>): Promise<void>;
  find(id: string): Promise<KeptRun | null>;
  /** Newest first. @param open only those that have not ended */
  list(wanted: {
    region: string;
    open?: boolean;
    object?: string;
    /** The beginning of the id: hexadecimal digits. */
    idStart?: string;
    limit: number;
  }): Promise<KeptRun[]>;
  /**
   * Keeps a change, if nobody else has made one since this version was read.
   *
   * @returns whether it was kept
   */
  change(run: Pick<KeptRun, 'id' | 'state' | 'document' | 'version'>): Promise<boolean>;
};

/** @param ready the database with its schema; rejects while it can't be used, and so do the functions here */
export function openCarefulRuns(ready: () => Promise<Kysely<Tables>>): CarefulRuns {
  return {
    async add({ id, region, state, object, createdAt, document }) {
      const db = await ready();
      await db
        .insertInto('careful_runs')
        .values({ id, region, state, object, created_at: createdAt, document: JSON.stringify(document), version: 1 })
        .execute();
    },
    async find(id) {
      const db = await ready();
      const row = await db.selectFrom('careful_runs').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toRun(row) : null;
    },
    async list({ region, open = false, object, idStart, limit }) {
      const db = await ready();
      let query = db.selectFrom('careful_runs').selectAll().where('region', '=', region);
      if (open) query = query.where('state', '!=', 'ended');
      if (object !== undefined) query = query.where('object', '=', object);
      if (idStart !== undefined) query = query.where('id', 'like', `${idStart}%`);
      return (await query.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()).map(toRun);
    },
    async change({ id, state, document, version }) {
      const db = await ready();
      const kept = await db
        .updateTable('careful_runs')
        .set({ state, document: JSON.stringify(document), version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .returning('id')
        .executeTakeFirst();
      return kept !== undefined;
    },
  };
}

/** PostgreSQL gives big integers as text. */
const toRun = (row: Selectable<Tables['careful_runs']>): KeptRun => ({
  id: row.id,
  region: row.region,
  state: row.state,
  object: row.object,
  createdAt: Number(row.created_at),
  document: JSON.parse(row.document),
  version: Number(row.version),
});
