import type { Kysely } from 'kysely';
import { DAY_MS, MINUTE_MS } from '../units';
import type { Tables } from './tables';

/** That one act on an object runs at a time, and that a repeated request is the same act: also across replicas. */
export type ActTurns = {
  /** Takes the turn of an object; false if another act has it. It ends by itself a minute after it was last extended. */
  take(object: string, actId: string): Promise<boolean>;
  /** false if the turn was lost in the meantime. */
  extend(object: string, actId: string): Promise<boolean>;
  release(object: string, actId: string): Promise<void>;
  /** Whether an act still has a turn. */
  isTaken(actId: string): Promise<boolean>;
  /**
   * Claims an idempotency key for an act. If it was claimed within a day, returns the act that has it, and what was asked.
   * A claim counts for nothing once its process has died before the act began: a minute old, without intent or turn.
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
      const extended = await db
        .updateTable('act_locks')
        .set({ until: clock() + TURN_MS })
        .where('object', '=', object)
        .where('act_id', '=', actId)
        .returning('act_id')
        .executeTakeFirst();
      return extended !== undefined;
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
        .onConflict((conflict) =>
          conflict
            .column('digest')
            .doUpdateSet({ body_digest: bodyDigest, act_id: actId, at })
            .where('act_keys.at', '<=', at - TURN_MS)
            .where(({ not, exists, selectFrom }) =>
              not(exists(selectFrom('acts').select('acts.id').whereRef('acts.id', '=', 'act_keys.act_id'))),
            )
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('act_locks')
                    .select('object')
                    .whereRef('act_locks.act_id', '=', 'act_keys.act_id')
                    .where('act_locks.until', '>', at),
                ),
              ),
            ),
        )
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
