import 'server-only';
import { vmsCsvQuerySchema } from '@/lib/contract/query';
import type { Vm } from '@/lib/contract/v1/vms';
import { type Cell, csvLines } from '@/lib/domain/review/quoting';
import { yieldIfDue } from '@/lib/yield';
import { takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { qualityOf } from '../views/quality';
import { listVms } from '../views/vms';
import { checkQuery } from './check-query';
import { type CsvField, csvFile } from './csv-file';
import { serve } from './serve';

/** GET /vms.csv: all VMs that match, without what they use: that is measured for a page at a time. */
export function serveVmsCsv(request: Request): Promise<Response> {
  return serve(request, async (region) => {
    const readings = await takeComplete(region, ALL_READINGS);
    const rows = await listVms(readings, checkQuery(vmsCsvQuerySchema, request));
    const quality = qualityOf(readings, []);
    return csvFile('vms', vmsCsv(rows()), quality);
  });
}

const FIELDS: CsvField<Vm>[] = [
  ['vm', ({ name }) => name],
  ['id', ({ id }) => id],
  ['status', ({ status }) => status],
  ['host', ({ host }) => host],
  ['host_level', ({ host_level: level }) => level],
  ['zone', ({ zone }) => zone],
  ['project', ({ project_name: name }) => name],
  ['project_id', ({ project_id: id }) => id],
  ['domain', ({ project_domain: domain }) => domain],
  ['flavor', ({ flavor }) => flavor],
  ['vcpus', ({ vcpus }) => vcpus],
  ['ram_bytes', ({ ram }) => ram],
  ['addresses', ({ addresses }) => addresses.join(' ')],
  ['locked', ({ locked }) => (locked === null ? null : String(locked))],
  ['must_not_move', ({ must_not_move: grounds }) => grounds.map(({ text }) => text).join('; ')],
  ['moves_in_7_days', ({ moves }) => moves?.in_7_days ?? null],
  ['moves_too_often', ({ moves }) => moves?.too_often ?? null],
  ['plans', ({ plans }) => plans.map(({ audit_name: name }) => name).join('; ')],
];

/** So many rows are made between two chances for other requests. */
const STEP = 200;

async function* vmsCsv(vms: Iterable<Vm>): AsyncGenerator<string> {
  let rows: Cell[][] = [FIELDS.map(([name]) => name)];
  for (const vm of vms) {
    if (rows.length === STEP) {
      yield csvLines(rows);
      rows = [];
      await yieldIfDue();
    }
    rows.push(FIELDS.map(([, value]) => value(vm) ?? null));
  }
  yield csvLines(rows);
}
