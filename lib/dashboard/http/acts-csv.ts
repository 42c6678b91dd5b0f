import 'server-only';
import { journalCsvQuerySchema } from '@/lib/contract/query';
import type { ActView } from '@/lib/contract/v1/acts';
import { viewJournal } from '../acts/entries';
import { checkQuery } from './check-query';
import { asAttachment, CSV_TYPE, type CsvField, csvName, csvOf, isoOf } from './csv-file';
import { regionIn } from './region-of-request';
import { respondOnce, serveVisitor } from './serve';

/** The longest file; older acts are in the next one, with `after`. */
const MOST = 10_000;

/** GET /acts.csv: the journal as a file, newest first. */
export const serveActsCsv = (request: Request): Promise<Response> =>
  serveVisitor(request, async () => {
    const { acts } = await viewJournal(regionIn(request), {
      ...checkQuery(journalCsvQuerySchema, request),
      limit: MOST,
    });
    return respondOnce(request, {
      body: actsCsv(acts),
      headers: [['content-type', CSV_TYPE], asAttachment(csvName('acts', null)), ['cache-control', 'no-store']],
    });
  });

const FIELDS: CsvField<ActView>[] = [
  ['at', ({ at }) => isoOf(at)],
  ['person', ({ person }) => person],
  ['domain', ({ domain }) => domain],
  ['address', ({ address }) => address],
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['act', ({ act }) => act],
  ['object_type', ({ object_type: type }) => type],
  ['object_id', ({ object_id: id }) => id],
  ['object_name', ({ object_name: name }) => name],
  ['reason', ({ reason }) => reason],
  ['outcome', ({ outcome }) => outcome],
  ['detail', ({ outcomes }) => outcomes.at(-1)?.detail ?? null],
  ['request_ids', ({ outcomes }) => outcomes.flatMap(({ request_ids: ids }) => ids).join(' ')],
  ['id', ({ id }) => id],
];

/** An unknown value is an empty cell. */
const actsCsv = (acts: ActView[]): string => csvOf(FIELDS, acts);
