/**
 * Characters that change the direction of text: a name with one can look like another name, or turn the words beside it
 * around. They are shown by their code, such as `[U+202E]`. Letters of scripts written from right to left are not affected.
 */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const codeOf = (sign: string): string => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** The text with such characters shown by their code. */
export const showBidi = (text: string): string => text.replace(BIDI, codeOf);

/** The same for all texts in plain data; the data itself where there are none, which is nearly always. */
export function showBidiIn<T>(data: T): T {
  if (typeof data === 'string') {
    // A text stays a text.
    return showBidi(data) as T & string;
  }
  if (Array.isArray(data)) {
    const shown = data.map(showBidiIn);
    // A list of the same kinds.
    return shown.some((item, at) => item !== data[at]) ? (shown as T & unknown[]) : data;
  }
  if (!isPlain(data)) return data;
  let changed: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(data)) {
    const shown = showBidiIn(value);
    if (shown === value) continue;
    changed ??= { ...data };
    changed[key] = shown;
  }
  // The same properties, with texts where texts were.
  return changed === null ? data : (changed as T);
}

/** Neither a promise nor a Map. */
const isPlain = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && Object.getPrototypeOf(data) === Object.prototype;
