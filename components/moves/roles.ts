/**
 * On phones the rows are no table rows to the style sheet, and browsers then forget that they are some; said outright, they
 * stay rows to whoever listens. Cells that phones leave out are why each says its column.
 */
export const AS = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;
