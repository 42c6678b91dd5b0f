import { plain } from './plain';

/** Tables for people: columns as wide as they need, numbers to the right, nothing cut off. */

export type Column<Row> = {
  title: string;
  /** Numbers end in one line. */
  isNumber?: boolean;
  cell: (row: Row) => string;
};

const GAP = '  ';

export function drawTable<Row>(columns: Column<Row>[], rows: Row[]): string[] {
  const texts = rows.map((row) => columns.map(({ cell }) => plain(cell(row))));
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...texts.map((cells) => cells[at]?.length ?? 0)),
  );
  const draw = (cells: string[]) =>
    cells
      .map((cell, at) => (columns[at]?.isNumber ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join(GAP)
      .trimEnd();
  return [draw(columns.map(({ title }) => title)), ...texts.map(draw)];
}
