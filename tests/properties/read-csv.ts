/** An independent parser for RFC 4180. */
export function readCsv(text: string): string[][] {
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

/** A cell that a spreadsheet would take for a formula. */
export const FORMULA = /^\s*[=+\-@＝＋－＠]/;
/** Removes the apostrophes that protect would-be formulas. */
export const unguarded = (cell: string) =>
  cell.replace(/^'(?='*\s*[=+\-@\t\r\n＝＋－＠])/, '').replace(/(?<=[;\t\r\n])'(?=[\s'"]*[=+\-@＝＋－＠])/g, '');

/** What a spreadsheet of another region makes of a file: it separates elsewhere, and quotes count only where a cell begins. */
export function readCsvAs(separator: string, text: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    let cell = '';
    let quoted = text[at] === '"';
    if (quoted) at++;
    for (; at < text.length; at++) {
      const letter = text[at] ?? '';
      if (quoted && letter === '"') {
        if (text[at + 1] === '"') cell += text[at++];
        else quoted = false;
      } else if (!quoted && (letter === separator || letter === '\r' || letter === '\n')) break;
      else cell += letter;
    }
    cells.push(cell);
  }
  return cells;
}
