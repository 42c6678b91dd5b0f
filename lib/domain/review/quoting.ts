import { showBidi } from '@/lib/bidi';

/** Escapes names for other formats: they are user input, and must stay plain text wherever they go. */

/** Characters that end a line or hide in it; they become spaces. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Characters that turn text around are shown by their code. */
export const oneLine = (text: string): string => showBidi(text.replace(CONTROL, ' '));

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

/** What a spreadsheet takes for the beginning of a formula, full-width forms included. */
const FORMULA_AT_START = /^(?='*\s*[=+\-@\t\r\n＝＋－＠])/;
/**
 * The same where another cell begins for a spreadsheet that separates by semicolons or tabs, as in many regions: quotes that
 * do not stand right behind a separator hold nothing together there, not even lines.
 */
const FORMULA_INSIDE = /(?<=[;\t\r\n])(?=[\s'"]*[=+\-@＝＋－＠])/g;

/**
 * A CSV field (RFC 4180). Where a spreadsheet would see a formula, in the text or in a part of it that it takes for a cell, an
 * apostrophe is added. A text that already has apostrophes there gets one more, so that removing one always restores it.
 * Characters that turn text around are shown by their code. Numbers use a decimal point; unknown is empty.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvField(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = showBidi(value).replace(FORMULA_AT_START, "'").replace(FORMULA_INSIDE, "'");
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV, each line with its end. */
export const csvLines = (rows: Cell[][]): string => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

/** A header and rows as CSV. */
export const csvRows = (header: string[], rows: Cell[][]): string => csvLines([header, ...rows]);
