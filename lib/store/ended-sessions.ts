import type { Kysely } from 'kysely';
import type { Tables } from './tables';

export type EndedSessions = {
  /** @param expiresAt ms since the epoch; until then the session is remembered */
  add(id: string, expiresAt: number): Promise<void>;
  has(id: string): Promise<boolean>;
};

/** @param ready the database with its schema; rejects while it can't be used, and so do the functions here */
export function openEndedSessions(ready: () => Promise<Kysely<Tables>>, clock: () => number): EndedSessions {
  return {
    async add(id, expiresAt) {
      const db = await ready();
      await db.deleteFrom('ended_sessions').where('expires_at', '<=', clock()).execute();
      await db
        .insertInto('ended_sessions')
        .values({ id, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async has(id) {
      const db = await ready();
      const row = await db.selectFrom('ended_sessions').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },
  };
}
