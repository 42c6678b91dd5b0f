import { z } from 'zod';
import { count, timestamp } from '../fields';

/** How often a VM has moved lately, by Nova's own record (os-migrations). */

export const vmMovesSchema = z
  .object({
    in_7_days: count().meta({ description: 'Times that it changed its host within the last 7 days.' }),
    in_24_hours: count().meta({ description: 'Those of the last 24 hours.' }),
    returns: count().meta({
      description: 'Those of the last 7 days that took it back to a host that it had left less than 24 hours before.',
    }),
    last_at: timestamp().nullable().meta({ description: 'When it last changed its host; null if not in 7 days.' }),
    left: z
      .array(z.object({ host: z.string(), at: timestamp() }))
      .meta({ description: 'Hosts that it left within the last 24 hours, and when; the last one first.' }),
    pair: z
      .array(z.string())
      .length(2)
      .nullable()
      .meta({ description: 'The two hosts between which it went back and forth last; null if it did not.' }),
    too_often: z.string().nullable().meta({
      description: 'Why it moves too often: 4 moves in 7 days, or 2 returns; null if it does not.',
    }),
  })
  .meta({ id: 'VmMoves', description: 'How often a VM has moved lately.' });

export const moveHistorySchema = z
  .object({
    as_of: timestamp().nullable().meta({ description: 'Until when moves are known; null if none are.' }),
    since: timestamp().nullable().meta({ description: 'Since when all moves are known; null if none are.' }),
    reason: z.string().nullable().meta({ description: 'Why less than 7 days are known; null if they are.' }),
  })
  .meta({ id: 'MoveHistory', description: 'How much of Nova’s record of moves is known.' });

export type VmMoves = z.output<typeof vmMovesSchema>;
export type MoveHistory = z.output<typeof moveHistorySchema>;
