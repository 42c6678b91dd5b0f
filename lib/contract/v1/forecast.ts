import { z } from 'zod';
import { count, exact, timestamp } from '../fields';
import { readingsSchema } from './readings';

/** GET /api/v1/capacity/forecast/ */

const amount = () => exact().meta({ description: 'In the unit of the resource.' });

const forecastSchema = z
  .object({
    zone: z.string(),
    resource: z.enum(['vcpu', 'ram', 'cpu-use', 'ram-use']).meta({
      description:
        '`vcpu`: allocated vCPUs and PCPUs. `ram`: allocated RAM, in bytes. `cpu-use`: logical CPUs in use. `ram-use`: RAM in use, in bytes.',
    }),
    used: amount(),
    capacity: amount(),
    limit: exact().meta({
      description:
        'What may be used while the largest host of the zone stays in reserve; for what is in use, where the others would be hot.',
    }),
    answer: z
      .enum(['days', 'full', 'no-history', 'short-history', 'capacity-changed', 'not-growing', 'step'])
      .meta({ description: 'Everything except `days` and `full` is the reason why there is no forecast.' }),
    text: z.string().meta({ description: 'The answer in words, without its subject.' }),
    advice: z.string().nullable().meta({ description: 'What to do so that there is an answer; null if nothing.' }),
    days_soonest: count()
      .nullable()
      .meta({ description: 'Days until the limit at the earliest; null without an answer.' }),
    days_likely: count().nullable().meta({ description: 'The likely one of them; null without an answer.' }),
    days_latest: count().nullable().meta({ description: 'Null too if it may never be reached.' }),
    growth_per_day: exact().nullable().meta({ description: 'In the unit of the resource.' }),
    kept_by: z
      .enum(['exporter', 'dashboard'])
      .nullable()
      .meta({ description: 'Where the history comes from; null if there is none.' }),
    history: z
      .array(
        z.object({
          at: timestamp().meta({ description: 'Midnight UTC.' }),
          used: exact().meta({ description: 'What was allocated or in use.' }),
          capacity: exact(),
        }),
      )
      .meta({ description: 'One entry a day, the oldest first, the last one being today.' }),
  })
  .meta({ id: 'Forecast', description: 'When a resource of a zone reaches its limit if it grows on as it did.' });

export const forecastsSchema = z
  .object({
    forecasts: z.array(forecastSchema).meta({ description: 'By zone and resource.' }),
    reason: z.string().nullable().meta({ description: 'Why there are none; null if there are.' }),
    readings: readingsSchema,
  })
  .meta({ id: 'Forecasts', description: 'Forecasts for each zone of the region.' });

export type Forecasts = z.output<typeof forecastsSchema>;
export type ForecastView = z.output<typeof forecastSchema>;
