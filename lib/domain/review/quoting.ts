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

/** Text of Markdown, in a table, too; no markup, no mention, no link comes of it. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('@', '&#64;')
    .replace(/[\\`*_{}[\]()<>|~#!:]/g, '\\$&');
}

/** One field of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
