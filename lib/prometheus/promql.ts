/** How PromQL is put together from parts that are not ours. */

/** Rows of one measure, marked with its name in the label `m`. */
export const named = (measure: string, expression: string): string => withLabel('m', measure, expression);

export const withLabel = (label: string, value: string, expression: string): string =>
  `label_replace(${expression},"${label}","${value}","","")`;

/** A quoted text as a whole, or a selector's end with its range and offset. Braces stand nowhere else. */
const QUOTED_OR_END = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\}(?:\[\w+\])?(?: offset \w+)?/g;

/** The same expression at a time in the past (ms), inside a question that is asked now. Every selector has its braces. */
export const atTime = (expression: string, at: number | undefined): string =>
  at === undefined
    ? expression
    : expression.replace(QUOTED_OR_END, (found) => (found.startsWith('}') ? `${found} @ ${at / 1000}` : found));

export const together = (...parts: string[]): string => parts.join(' or ');

/** Label matchers with braces; empty parts and trailing commas are forgiven. */
export const matching = (...parts: string[]): string =>
  `{${parts
    .map((part) => part.trim().replace(/,$/, ''))
    .filter(Boolean)
    .join(',')}}`;

/** A quoted text. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** A matcher for any of the given values: their regex characters are escaped for RE2, then their quotes for PromQL. */
export function oneOf(label: string, values: string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${label}=${quoted(only)}`;
  return `${label}=~${quoted(values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'))}`;
}

export const duration = (ms: number): string => `${Math.ceil(ms / 1000)}s`;

/** The newest value of each series, from as far back as given (ms), or as an instant query looks back. */
export const newest = (series: string, lookbackMs: number | null): string =>
  lookbackMs === null ? series : `last_over_time(${series}[${duration(lookbackMs)}])`;

/** As a parameter of GET: servers in front of Prometheus (uWSGI) read 4 KB, the address included. */
const MAX_ENCODED = 3_800;

export const fitsAddress = (query: string): boolean => new URLSearchParams({ query }).toString().length <= MAX_ENCODED;

/** Cuts a list so that the query for each part fits into an address. A single item is never cut. */
export function inBatches<T>(items: T[], toQuery: (part: T[]) => string): T[][] {
  if (items.length === 0) return [];
  if (items.length === 1 || fitsAddress(toQuery(items))) return [items];
  const middle = Math.ceil(items.length / 2);
  return [...inBatches(items.slice(0, middle), toQuery), ...inBatches(items.slice(middle), toQuery)];
}
