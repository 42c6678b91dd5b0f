import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '@/components/audits/export/csv';

const RUNS = { seed: 20261124, numRuns: 500 };

/** A reader by RFC 4180, written for this test. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === ',') {
      row.push(cell);
      cell = '';
    } else if (letter === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at++;
    } else cell += letter;
  }
  return rows;
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '=cmd|calc!A1',
    '+1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '"',
    '""',
    ',',
    '\r\n',
    '\n',
    'a"b,c\r\nd',
    '<script>',
    "'",
    '`$(id)`',
  ),
);

describe('CSV', () => {
  it('gives back every name as it was, but with an apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 5 }), (rows) => {
        const [header, ...read] = readCsv(toCsv(['one', 'two'], rows));
        expect(header).toEqual(['one', 'two']);
        expect(read.map((row) => row.map((cell) => cell.replace(/^'(?=\s*[=+\-@\t\r])/, '')))).toEqual(rows);
        for (const cell of read.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }),
      RUNS,
    );
  });

  it('has numbers or nothing, never NaN', () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        const [, [cell = ''] = []] = readCsv(toCsv(['n'], [[number]]));
        expect(cell === '' ? Number.isFinite(number) : Number(cell) !== number).toBe(false);
      }),
      RUNS,
    );
  });
});
