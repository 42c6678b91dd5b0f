/** Builds PromQL safely from values and selectors that are not ours. */

/** Marks the rows of a measure with its name in the label `m`. */
export const named = (measure: string, expression: string): string => withLabel('m', measure, expression);

export const withLabel = (label: string, value: string, expression: string): string =>
  `label_replace(${expression},"${label}","${value}","","")`;

/** A quoted text, or the end of a selector with its range and offset. Braces occur nowhere else. */
const QUOTED_OR_END = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\}(?:\[\w+\])?(?: offset \w+)?/g;

/** The expression evaluated at a past time (ms), as part of a query at the current time. Every selector needs braces. */
export const atTime = (expression: string, at: number | undefined): string =>
  at === undefined
    ? expression
    : expression.replace(QUOTED_OR_END, (found) => (found.startsWith('}') ? `${found} @ ${at / 1000}` : found));

export const union = (...parts: string[]): string => parts.join(' or ');

/** Label matchers in braces; ignores empty parts and trailing commas. */
export const matching = (...parts: string[]): string =>
  `{${parts
    .map((part) => part.trim().replace(/,$/, ''))
    .filter(Boolean)
    .join(',')}}`;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** A matcher for any of the values. Escapes regular expression characters for RE2, then quotes for PromQL. */
export function oneOf(label: string, values: string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${label}=${quoted(only)}`;
  return `${label}=~${quoted(values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'))}`;
}

export const duration = (ms: number): string => `${Math.ceil(ms / 1000)}s`;

/** The newest value of each series within the lookback (ms), or within an instant query's own if null. */
export const newest = (series: string, lookbackMs: number | null): string =>
  lookbackMs === null ? series : `last_over_time(${series}[${duration(lookbackMs)}])`;

/** Limit for a GET parameter: servers in front of Prometheus (uWSGI) accept 4 KB including the address. */
const MAX_ENCODED = 3_800;

export const fitsAddress = (query: string): boolean => new URLSearchParams({ query }).toString().length <= MAX_ENCODED;

/** Splits a list so that the query for each part fits into an address; never splits a single item. */
export function inBatches<T>(items: T[], toQuery: (part: T[]) => string): T[][] {
  if (items.length === 0) return [];
  if (items.length === 1 || fitsAddress(toQuery(items))) return [items];
  const middle = Math.ceil(items.length / 2);
  return [...inBatches(items.slice(0, middle), toQuery), ...inBatches(items.slice(middle), toQuery)];
}
