import 'server-only';
import { activityQuerySchema, noQuerySchema } from '@/lib/contract/query';
import type { ActivityMove } from '@/lib/contract/v1/activity';
import type { ForecastView } from '@/lib/contract/v1/forecast';
import type { HostFailures } from '@/lib/contract/v1/host-failures';
import { type ReadingSet, takeComplete } from '../collect/reading-set';
import { ALL_READINGS, CAPACITY_READINGS, type ReadingName } from '../collect/reading-values';
import { viewActivity } from '../views/activity';
import { viewForecasts } from '../views/forecast';
import { FAILURE_READINGS, viewHostFailures } from '../views/host-failures';
import { qualityOf } from '../views/quality';
import { checkQuery } from './check-query';
import { type CsvField, csvFile, csvOf, isoOf } from './csv-file';
import { serve } from './serve';

/** What is planned with, as files of CSV: in the same units as in the API. */

type File<Row> = {
  name: string;
  readings: readonly ReadingName[];
  fields: CsvField<Row>[];
  rows: (readings: ReadingSet) => Promise<Row[]>;
};

function serveFile<Row>(request: Request, { name, readings: names, fields, rows }: File<Row>): Promise<Response> {
  return serve(request, async (region) => {
    const readings = await takeComplete(region, names);
    const all = await rows(readings);
    return csvFile(name, [csvOf(fields, all)], qualityOf(readings, []));
  });
}

const OF_HOSTS: CsvField<HostFailures['hosts'][number]>[] = [
  ['host', ({ name }) => name],
  ['zone', ({ zone }) => zone],
  ['vms', ({ vms }) => vms],
  ['without_place', ({ unplaced }) => unplaced],
];

/** GET /host-failures.csv: for how many VMs no place was found, a line for each host that fails alone. */
export const serveHostFailuresCsv = (request: Request): Promise<Response> =>
  serveFile(request, {
    name: 'host-failures',
    readings: FAILURE_READINGS,
    fields: OF_HOSTS,
    rows: async (readings) => {
      checkQuery(noQuerySchema, request);
      return (await viewHostFailures(readings)).hosts;
    },
  });

const OF_FORECASTS: CsvField<ForecastView>[] = [
  ['zone', ({ zone }) => zone],
  ['resource', ({ resource }) => resource],
  ['unit', ({ resource }) => UNITS[resource]],
  ['used', ({ used }) => used],
  ['limit', ({ limit }) => limit],
  ['capacity', ({ capacity }) => capacity],
  ['growth_per_day', ({ growth_per_day: growth }) => growth],
  ['days_soonest', ({ days_soonest: days }) => days],
  ['days_likely', ({ days_likely: days }) => days],
  ['days_latest', ({ days_latest: days }) => days],
  ['answer', ({ answer }) => answer],
  ['text', ({ text }) => text],
];

const UNITS: Record<ForecastView['resource'], string> = {
  vcpu: 'vCPU',
  ram: 'bytes',
  'cpu-use': 'CPU',
  'ram-use': 'bytes',
};

/** GET /days-to-full.csv: a line for each zone and resource. */
export const serveForecastCsv = (request: Request): Promise<Response> =>
  serveFile(request, {
    name: 'days-to-full',
    readings: CAPACITY_READINGS,
    fields: OF_FORECASTS,
    rows: async (readings) => {
      checkQuery(noQuerySchema, request);
      return (await viewForecasts(readings)).forecasts;
    },
  });

const OF_MOVES: CsvField<ActivityMove>[] = [
  ['began_at', ({ at }) => isoOf(at)],
  ['vm', ({ vm_name: name }) => name],
  ['vm_id', ({ vm_id: id }) => id],
  ['source', ({ source }) => source],
  ['destination', ({ destination }) => destination],
  ['result', ({ result }) => result],
  ['audit', ({ audit_name: name }) => name],
  ['audit_id', ({ audit_id: id }) => id],
  ['plan_id', ({ plan_id: id }) => id],
];

/** GET /moves.csv: moves in Nova's record, the newest first. */
export const serveMovesCsv = (request: Request): Promise<Response> =>
  serveFile(request, {
    name: 'moves',
    readings: ALL_READINGS,
    fields: OF_MOVES,
    rows: async (readings) => (await viewActivity(readings, checkQuery(activityQuerySchema, request))).moves,
  });
