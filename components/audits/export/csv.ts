/** Text for spreadsheets. Names of VMs and hosts are their users' to choose, so no cell may become a formula. */

export type Cell = string | number | null;

/**
 * Rows as CSV (RFC 4180): a header, commas, quotes where needed, CRLF. A text that a spreadsheet would take for a formula
 * (it begins with =, +, -, @, a tab or a carriage return, or with blanks before one of these) gets an apostrophe in front.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(header: string[], rows: Cell[][]): string {
  return [header, ...rows].map((row) => `${row.map(encodeCell).join(',')}\r\n`).join('');
}

/** Unknown is an empty cell. Numbers are digits with a point, whatever the language of the browser. */
function encodeCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
