/** Escapes names for other formats: they are user input, and must stay plain text wherever they go. */

/** Characters that end a line or hide in it; they become spaces. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

export const oneLine = (text: string): string => text.replace(CONTROL, ' ');

/** Any text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  const plain = text.replaceAll('\u0000', '');
  return /^[\w@%+=:,./-]+$/.test(plain) && !plain.startsWith('-') ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}

/** Any text as one line of a shell comment. */
export const shellComment = (text: string): string => `# ${oneLine(text)}`;

/** Zero width; Markdown renderers do not recognise links, mentions or emoji across it. */
const JOINER = '\u2060';

/** Any text as Markdown prose, also inside tables: no markup, link, mention or issue reference results from it. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/(?<=www)(?=\.)|(?<=:)(?=[\w/+-])(?!(?<=\d:)\d)|(?<=@)|(?<=#)(?=\d)/gi, JOINER)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_{}[\]()<>|~#!]/g, '\\$&');
}

/**
 * A name as Markdown code, also inside tables: it renders as exactly the same text, without markup or links. A bar is put
 * between two code spans, since renderers disagree about escaped bars in tables.
 */
export function markdownName(text: string): string {
  return oneLine(text).split('|').map(codeSpan).join('\\|');
}

function codeSpan(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  // Markdown strips one blank at each end of a code span, unless the span is all blanks.
  const isPadded = /^`|`$|^ .* $/.test(text) && /[^ ]/.test(text);
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

export type Cell = string | number | null;

/**
 * A CSV field (RFC 4180). A text that a spreadsheet would take for a formula gets a leading apostrophe: one that starts with =, +,
 * -, @ (full-width forms included), a tab or a line end, after optional blanks. Texts of that kind that already start with
 * apostrophes get one more, so that removing one always restores the text. Numbers use a decimal point; unknown is empty.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvField(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^'*\s*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A header and rows as CSV, each line with its end. */
export const csvRows = (header: string[], rows: Cell[][]): string =>
  [header, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
