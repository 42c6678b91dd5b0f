import 'server-only';
import { type Cell, csvRows } from '@/lib/domain/review/quoting';
import { fileStamp } from '@/lib/format';
import type { Quality } from '../views/quality';
import type { Answer } from './serve';
import type { Header } from './snapshots';

/** What the lists that are files of CSV share. */

export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** A column: its title, and what it has of a row. An unknown value is an empty cell. */
export type CsvField<Row> = [title: string, value: (row: Row) => Cell | undefined];

/** The header that has a browser keep the answer as a file of this name. */
export const asAttachment = (name: string): Header => ['content-disposition', `attachment; filename="${name}"`];

/** The name of a list with the time of its data. */
export const csvName = (list: string, asOf: number | null): string => `${list}-${fileStamp(asOf ?? Date.now())}.csv`;

/** A time as its cell. @param at ms since the epoch */
export const isoOf = (at: number | null | undefined): string | null => (at == null ? null : new Date(at).toISOString());

export const csvOf = <Row>(fields: CsvField<Row>[], rows: Row[]): string =>
  csvRows(
    fields.map(([title]) => title),
    rows.map((row) => fields.map(([, value]) => value(row) ?? null)),
  );

/** The answer that is a file. @param list its name, without the time and `.csv` */
export const csvFile = (list: string, body: Answer['body'], quality: Quality): Answer => ({
  body,
  contentType: CSV_TYPE,
  headers: [asAttachment(csvName(list, quality.asOf))],
  quality,
});
