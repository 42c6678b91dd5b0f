import { z } from 'zod';
import { count, percentage, ratio, whole } from '../fields';

/** How much of a plan is enough: its moves in order of worth, and what the first few of them bring. */

const moveSchema = z
  .object({
    numbers: z
      .array(count())
      .meta({ description: 'Numbers as `off` takes them; more than one if the plan moves the VM more than once.' }),
    vm_id: z.string(),
    vm_name: z.string(),
    needs: z
      .array(count())
      .meta({ description: 'Places in this order, from 1, of moves without which this one would fail.' }),
    brings: percentage().nullable().meta({
      description:
        'By how much it lowers the spread after the moves before it, in points; null if that is no measure here.',
    }),
    ram_to_copy: whole().nullable().meta({ description: 'Bytes; 0 for a cold migration, null if unknown.' }),
    would_fail: z.boolean().meta({ description: 'Moves that would fail come last.' }),
  })
  .meta({ id: 'TrimMove', description: 'The move of a VM in the order of worth; several moves of one VM are one.' });

const pointSchema = z
  .object({
    spread: percentage().nullable().meta({ description: 'The spread that the goal lowers, in points.' }),
    hot: count().nullable().meta({ description: 'Hosts that are hot by then.' }),
    hottest: z.object({ host: z.string(), percentage: percentage() }).nullable(),
    emptied: count().meta({ description: 'Hosts that are empty by then.' }),
    ram_to_copy: whole().nullable().meta({ description: 'By all moves up to here, in bytes.' }),
  })
  .meta({ id: 'TrimPoint', description: 'Figures once the first few moves have ended.' });

const stopSchema = z
  .object({
    kind: z.enum(['no-hot-host', 'most-of-the-gain', 'hosts-emptied', 'all']),
    moves: count().meta({ description: 'How many moves, most worth first, are enough.' }),
    share: percentage().nullable().meta({ description: 'What they bring of the whole gain.' }),
    hosts: z.array(z.string()).meta({ description: 'Hosts that are empty from here on.' }),
  })
  .meta({ id: 'TrimStop', description: 'A number of moves that is worth choosing.' });

export const trimSchema = z
  .object({
    by: z.enum(['spread', 'emptied-hosts', 'nothing']).meta({
      description:
        'What decides the order: the spread of load, whole hosts that are emptied, or nothing for plans of which a part is useless.',
    }),
    weights: z
      .object({ cpu: ratio(), ram: ratio() })
      .meta({ description: 'What CPU and RAM count in the spread, as the strategy weighs them.' }),
    moves: z.array(moveSchema).meta({ description: 'Moves that can still be left out, most worth first.' }),
    points: z.array(pointSchema).meta({ description: 'Before the first of these moves, and after each of them.' }),
    stops: z.array(stopSchema).meta({ description: 'Numbers of moves that are worth choosing, fewest first.' }),
    reason: z.string().nullable().meta({ description: 'Why fewer moves are no choice; null if they are.' }),
  })
  .meta({ id: 'Trim', description: 'The moves of a plan in order of worth, and what the first few of them bring.' });

export type Trim = z.output<typeof trimSchema>;
export type TrimMove = z.output<typeof moveSchema>;
export type TrimPoint = z.output<typeof pointSchema>;
export type TrimStop = z.output<typeof stopSchema>;
