import 'server-only';
import { noQuerySchema } from '@/lib/contract/query';
import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { takeReadings } from '../collect/reading-set';
import { qualityOf } from '../views/quality';
import { OF_REPEATING, viewRepeating } from '../views/repeating';
import { checkQuery } from './check-query';
import { type CsvField, csvFile, csvOf, isoOf } from './csv-file';
import { serve } from './serve';

/** GET /repeating-audits.csv: the register of audits that repeat as a file, in the same order. */
export function serveRepeatingCsv(request: Request): Promise<Response> {
  return serve(request, async (region) => {
    checkQuery(noQuerySchema, request);
    const readings = await takeReadings(region, OF_REPEATING);
    const { audits } = await viewRepeating(readings);
    const quality = qualityOf(readings, []);
    return csvFile('repeating-audits', [csvOf(FIELDS, audits)], quality);
  });
}

const FIELDS: CsvField<RepeatingAudit>[] = [
  ['audit', ({ name }) => name],
  ['audit_id', ({ audit_id: id }) => id],
  ['type', ({ type }) => type],
  ['strategy', ({ strategy }) => strategy],
  ['scope', ({ scope }) => scope],
  ['interval', ({ interval }) => interval],
  ['every', ({ every }) => every],
  ['state', ({ state }) => state],
  ['standing', ({ standing }) => standing],
  ['since', ({ since }) => isoOf(since)],
  ['suspended_by', ({ suspended }) => suspended?.person],
  ['suspended_why', ({ suspended }) => suspended?.reason],
  ['next_run_at', ({ next_run_at: at }) => isoOf(at)],
  ['overdue', ({ overdue }) => String(overdue)],
  ['last_run_at', ({ last_run_at: at }) => isoOf(at)],
  ['last', ({ last }) => last],
  ['starts_plans', ({ auto_trigger: starts }) => String(starts)],
  ['started_in_24_h', ({ started_lately: count }) => count],
  ['moved_in_24_h', ({ moved }) => moved?.vms],
  ['moved_back_in_24_h', ({ moved }) => moved?.back],
];
