import { z } from 'zod';
import { count, timestamp } from '../fields';

export const regionsSchema = z
  .object({
    regions: z
      .array(
        z
          .object({
            id: z.string().meta({
              description: 'What the parameter `region` takes: the cloud and the region, or only the cloud.',
            }),
            cloud: z
              .string()
              .meta({ description: 'Name of the cloud in clouds.yaml; `envvars` for the OS_* variables.' }),
            name: z
              .string()
              .nullable()
              .meta({ description: 'Name of the region; null if the settings don’t name it.' }),
            label: z.string().meta({ description: 'The shortest name that no other region here has.' }),
            is_default: z.boolean().meta({ description: 'Whether it answers where no region is named.' }),
            state: z.enum(['ok', 'hot', 'stale', 'reading', 'failed']).meta({
              description:
                'ok: no hot host; hot: at least one; stale: its services fail, and the numbers are the last ones known; reading: its first reading is not complete; failed: nothing is known about it.',
            }),
            hosts_total: count().nullable().meta({ description: 'Compute hosts; null if unknown.' }),
            hosts_hot: count().nullable().meta({ description: 'Hosts that are hot by CPU or RAM; null if unknown.' }),
            plans_waiting: count().nullable().meta({ description: 'Plans that wait for a decision; null if unknown.' }),
            plans_running: count().nullable().meta({ description: 'Plans that run; null if unknown.' }),
            as_of: timestamp().nullable().meta({ description: 'When its hosts were read; null if they never were.' }),
            failing_since: timestamp().nullable().meta({
              description: 'Since when a service that it needs fails; null if none does.',
            }),
            problem: z.string().nullable().meta({ description: 'Which service fails and how; null if none does.' }),
            may_act: z.boolean().meta({ description: 'Whether this visitor may act there, once signed in for it.' }),
          })
          .meta({ id: 'RegionEntry', description: 'A region in one line.' }),
      )
      .meta({ description: 'Worst first.' }),
  })
  .meta({
    id: 'Regions',
    description: 'Every region that this server shows. Each answers for itself; nothing is added up across them.',
  });

export type Regions = z.output<typeof regionsSchema>;
export type RegionEntry = Regions['regions'][number];
