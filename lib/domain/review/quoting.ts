/** Names in other languages: they are user text, and must come out as text wherever they go. */

/** What would end a line or hide in it becomes a space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

export const oneLine = (text: string): string => text.replace(CONTROL, ' ');

/** One word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  const plain = text.replaceAll('\u0000', '');
  return /^[\w@%+=:,./-]+$/.test(plain) && !plain.startsWith('-') ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}

/** A comment of a shell ends with its line. */
export const shellComment = (text: string): string => `# ${oneLine(text)}`;

/** Zero wide; a reader of Markdown makes no link and no mention across it. */
const JOINER = '\u2060';

/** Prose of Markdown, in a table, too. No markup comes of it, and no link, mention or issue, not even of what looks like one. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/(?<=www)(?=\.)|(?<=:)(?=\/\/)|(?<=@)|(?<=#)(?=\d)/gi, JOINER)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_{}[\]()<>|~#!:]/g, '\\$&');
}

/**
 * A name in Markdown, in a table, too: exactly its text again, as code, in which nothing is markup and no link is made. A bar stands
 * between two pieces of code, since readers of tables don't agree on backslashes before one.
 */
export function markdownName(text: string): string {
  return oneLine(text).split('|').map(codeSpan).join('\\|');
}

function codeSpan(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  // One blank at both ends belongs to the code's signs, unless there is nothing but blanks.
  const isPadded = /^`|`$|^ .* $/.test(text) && /[^ ]/.test(text);
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

export type Cell = string | number | null;

/**
 * One field of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front: it begins with =, +, -,
 * @ (also the wide ones of East Asia), a tab or the end of a line, with blanks before, or with apostrophes, so that one taken away
 * gives back every text. A number is digits with a point; what is unknown or no number is empty.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvField(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^'*\s*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of CSV under their header, each with the end of its line. */
export const csvRows = (header: string[], rows: Cell[][]): string =>
  [header, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
