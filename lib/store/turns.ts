import type { Kysely } from 'kysely';
import { DAY_MS, MINUTE_MS } from '../units';
import type { Tables } from './tables';

/** That one act on an object runs at a time, and that a repeated request is the same act: also across replicas. */
export type ActTurns = {
  /** Takes the turn of an object; false if another act has it. It ends by itself a minute after it was last extended. */
  take(object: string, actId: string): Promise<boolean>;
  extend(object: string, actId: string): Promise<void>;
  release(object: string, actId: string): Promise<void>;
  /** Whether an act still has a turn. */
  isTaken(actId: string): Promise<boolean>;
  /**
   * Claims an idempotency key for an act. If it was claimed within a day, returns the act that has it, and what was asked.
   *
   * @param digest of the key and of who sent it
   */
  claim(digest: string, bodyDigest: string, actId: string): Promise<{ actId: string; bodyDigest: string } | null>;
  /** Gives a key back whose act has not begun. */
  unclaim(digest: string, actId: string): Promise<void>;
};

const TURN_MS = MINUTE_MS;
export const EXTEND_MS = TURN_MS / 3;
const KEY_MS = DAY_MS;

/** @param ready the database with its schema; rejects while it can't be used, and so do the functions here */
export function openActTurns(ready: () => Promise<Kysely<Tables>>, clock: () => number): ActTurns {
  return {
    async take(object, actId) {
      const db = await ready();
      const until = clock() + TURN_MS;
      const taken = await db
        .insertInto('act_locks')
        .values({ object, act_id: actId, until })
        .onConflict((conflict) =>
          conflict.column('object').doUpdateSet({ act_id: actId, until }).where('act_locks.until', '<=', clock()),
        )
        .returning('act_id')
        .executeTakeFirst();
      return taken?.act_id === actId;
    },
    async extend(object, actId) {
      const db = await ready();
      await db
        .updateTable('act_locks')
        .set({ until: clock() + TURN_MS })
        .where('object', '=', object)
        .where('act_id', '=', actId)
        .execute();
    },
    async release(object, actId) {
      const db = await ready();
      await db.deleteFrom('act_locks').where('object', '=', object).where('act_id', '=', actId).execute();
    },
    async isTaken(actId) {
      const db = await ready();
      const row = await db
        .selectFrom('act_locks')
        .select('object')
        .where('act_id', '=', actId)
        .where('until', '>', clock())
        .executeTakeFirst();
      return row !== undefined;
    },
    async claim(digest, bodyDigest, actId) {
      const db = await ready();
      const at = clock();
      await db
        .deleteFrom('act_keys')
        .where('at', '<=', at - KEY_MS)
        .execute();
      const mine = await db
        .insertInto('act_keys')
        .values({ digest, body_digest: bodyDigest, act_id: actId, at })
        .onConflict((conflict) => conflict.column('digest').doNothing())
        .returning('act_id')
        .executeTakeFirst();
      if (mine) return null;
      const known = await db.selectFrom('act_keys').selectAll().where('digest', '=', digest).executeTakeFirst();
      // It may have been given back in between; then the next request gets it.
      return known ? { actId: known.act_id, bodyDigest: known.body_digest } : null;
    },
    async unclaim(digest, actId) {
      const db = await ready();
      await db.deleteFrom('act_keys').where('digest', '=', digest).where('act_id', '=', actId).execute();
    },
  };
}
