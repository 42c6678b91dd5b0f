import type { Kysely, Selectable } from 'kysely';
import { changedSince } from './changed-acts';
import type { Tables } from './tables';

/** What somebody set out to do. Times in ms since the epoch; `request` and `checked` are JSON values. */
export type Intent = {
  id: string;
  at: number;
  person: string;
  userId: string | null;
  domain: string | null;
  address: string | null;
  identifiedBy: string;
  account: string;
  region: string;
  act: string;
  objectType: string;
  objectId: string;
  objectName: string;
  auditId: string | null;
  reason: string;
  request: unknown;
  checked: unknown;
};

/**
 * `done`: it has happened. `refused`: it was not done, since a check or a service said no. `failed`: part of it was done.
 * `unknown`: nobody could tell yet.
 */
export type OutcomeWord = 'done' | 'refused' | 'failed' | 'unknown';

export type Outcome = {
  id: string;
  actId: string;
  at: number;
  outcome: OutcomeWord;
  detail: string;
  requestIds: string[];
};

export type Entry = Intent & {
  /** In order of time; empty while the act is under way, or if the process ended in the middle of it. */
  outcomes: Outcome[];
};

/** Acts that were removed because of their age. */
export type Cut = { at: number; before: number; acts: number };

export type Wanted = {
  region: string;
  /** Newest first, after this entry. */
  after?: { at: number; id: string };
  limit: number;
  /** Entries that began or came to an outcome at this time or later, ms; the oldest change first. Without `after`. */
  since?: number;
  /** Entries of this object only. */
  objectId?: string;
  /** Text in person, act, object or reason, whatever its case. */
  text?: string;
};

export type Journal = {
  addIntent(intent: Intent): Promise<void>;
  addOutcome(outcome: Outcome): Promise<void>;
  /** Newest first. */
  list(wanted: Wanted): Promise<Entry[]>;
  /** Acts of these kinds on any of these objects, newest first. */
  listOn(wanted: { region: string; objectIds: string[]; acts: string[] }): Promise<Entry[]>;
  find(id: string): Promise<Entry | null>;
  /** Acts whose last outcome is unknown or missing, oldest first. */
  listOpen(): Promise<Entry[]>;
  /** Removes acts from before a time, whole, and records that. @param cutId for the record */
  cut(before: number, cutId: string): Promise<void>;
  listCuts(): Promise<Cut[]>;
};

type Row = Selectable<Tables['acts']>;

/** How far back acts without an end are looked for. */
const OPEN_MS = 7 * 24 * 3_600_000;

/** @param ready the database with its schema; rejects while it can't be used, and so do the functions here */
export function openJournal(ready: () => Promise<Kysely<Tables>>, clock: () => number): Journal {
  async function withOutcomes(rows: Row[]): Promise<Entry[]> {
    if (rows.length === 0) return [];
    const db = await ready();
    const ids = rows.map(({ id }) => id);
    const found = await db
      .selectFrom('act_outcomes')
      .selectAll()
      .where('act_id', 'in', ids)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      ...toIntent(row),
      outcomes: found.filter(({ act_id: id }) => id === row.id).map(toOutcome),
    }));
  }

  return {
    async addIntent(intent) {
      const db = await ready();
      await db.insertInto('acts').values(toRow(intent)).execute();
    },
    async addOutcome({ id, actId, at, outcome, detail, requestIds }) {
      const db = await ready();
      await db
        .insertInto('act_outcomes')
        .values({ id, act_id: actId, at, outcome, detail, request_ids: JSON.stringify(requestIds) })
        .execute();
    },
    async list({ region, after, limit, objectId, text, since }) {
      const db = await ready();
      let query = db.selectFrom('acts').selectAll().where('region', '=', region);
      if (objectId !== undefined) query = query.where('object_id', '=', objectId);
      if (text) {
        // The databases differ in how a wildcard is escaped, so one stands for itself and any other letter.
        const like = `%${text.toLowerCase().replace(/[\\%_]/g, '_')}%`;
        query = query.where((where) =>
          where.or(
            (['person', 'act', 'object_name', 'object_id', 'reason'] as const).map((name) =>
              where(where.fn<string>('lower', [name]), 'like', like),
            ),
          ),
        );
      }
      if (after) {
        query = query.where((where) =>
          where.or([where('at', '<', after.at), where.and([where('at', '=', after.at), where('id', '<', after.id)])]),
        );
      }
      if (since !== undefined) {
        return withOutcomes(await changedSince(query, since).limit(limit).execute());
      }
      return withOutcomes(await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute());
    },
    async listOn({ region, objectIds, acts }) {
      if (objectIds.length === 0) return [];
      const db = await ready();
      const found = db
        .selectFrom('acts')
        .selectAll()
        .where('region', '=', region)
        .where('object_id', 'in', objectIds)
        .where('act', 'in', acts);
      return withOutcomes(await found.orderBy('at', 'desc').orderBy('id', 'desc').execute());
    },
    async find(id) {
      const db = await ready();
      const [entry] = await withOutcomes(await db.selectFrom('acts').selectAll().where('id', '=', id).execute());
      return entry ?? null;
    },
    async listOpen() {
      const db = await ready();
      const rows = await db
        .selectFrom('acts')
        .selectAll()
        .where('at', '>', clock() - OPEN_MS)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('act_outcomes')
                .select('act_outcomes.id')
                .whereRef('act_outcomes.act_id', '=', 'acts.id')
                .where('act_outcomes.outcome', '!=', 'unknown'),
            ),
          ),
        )
        .orderBy('at')
        .execute();
      return withOutcomes(rows);
    },
    async cut(before, cutId) {
      const db = await ready();
      await db.transaction().execute(async (all) => {
        const old = all.selectFrom('acts').select('id').where('at', '<', before);
        await all.deleteFrom('act_outcomes').where('act_id', 'in', old).execute();
        const [removed] = await all.deleteFrom('acts').where('at', '<', before).execute();
        const acts = Number(removed?.numDeletedRows ?? 0);
        if (acts > 0) await all.insertInto('journal_cuts').values({ id: cutId, at: clock(), before, acts }).execute();
      });
    },
    async listCuts() {
      const db = await ready();
      return db.selectFrom('journal_cuts').select(['at', 'before', 'acts']).orderBy('at').execute();
    },
  };
}

function toRow(intent: Intent): Row {
  return {
    id: intent.id,
    at: intent.at,
    person: intent.person,
    user_id: intent.userId,
    domain: intent.domain,
    address: intent.address,
    identified_by: intent.identifiedBy,
    account: intent.account,
    region: intent.region,
    act: intent.act,
    object_type: intent.objectType,
    object_id: intent.objectId,
    object_name: intent.objectName,
    audit_id: intent.auditId,
    reason: intent.reason,
    request: JSON.stringify(intent.request),
    checked: JSON.stringify(intent.checked),
  };
}

function toIntent(row: Row): Intent {
  return {
    id: row.id,
    at: row.at,
    person: row.person,
    userId: row.user_id,
    domain: row.domain,
    address: row.address,
    identifiedBy: row.identified_by,
    account: row.account,
    region: row.region,
    act: row.act,
    objectType: row.object_type,
    objectId: row.object_id,
    objectName: row.object_name,
    auditId: row.audit_id,
    reason: row.reason,
    request: JSON.parse(row.request),
    checked: JSON.parse(row.checked),
  };
}

const toOutcome = (row: Selectable<Tables['act_outcomes']>): Outcome => ({
  id: row.id,
  actId: row.act_id,
  at: row.at,
  // Only `addOutcome` writes this column.
  outcome: row.outcome as OutcomeWord,
  detail: row.detail,
  requestIds: JSON.parse(row.request_ids),
});
