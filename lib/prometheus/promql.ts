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

/** Prometheus 3 stores labels with any name, such as k8s.node.name, and wants such names quoted. */
const labelName = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name));

export const labelList = (names: string[]): string => names.map(labelName).join(',');

/** Matchers for exactly these labels; a label of `names` that is not among them must be absent. */
export const exactly = (labels: Record<string, string>, names: string[]): string =>
  [...new Set([...names, ...Object.keys(labels)])].map((name) => oneOf(name, [labels[name] ?? ''])).join(',');

/** A matcher for any of the values. Escapes regular expression characters for RE2, then quotes for PromQL. */
export function oneOf(label: string, values: string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${labelName(label)}=${quoted(only)}`;
  return `${labelName(label)}=~${quoted(values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'))}`;
}

const ALL_DIGITS = '0123456789abcdef';

/** Matchers for values that begin or end with one of these hexadecimal digits; those with no digit there go with `f`. */
export function matchingDigits(label: string, { first, last }: { first?: string; last?: string }): string[] {
  const digits = first ?? last ?? '';
  if (digits === ALL_DIGITS) return [];
  const isRest = digits.endsWith('f');
  const set = isRest ? `[${ALL_DIGITS.replace(digits, '')}]` : `[${digits}]`;
  return [`${labelName(label)}${isRest ? '!~' : '=~'}"${first === undefined ? `.*${set}` : `${set}.*`}"`];
}

export const duration = (ms: number): string => `${Math.ceil(ms / 1000)}s`;

/** The newest value of each series within the lookback (ms), or within an instant query's own if null. */
export const newest = (series: string, lookbackMs: number | null): string =>
  lookbackMs === null ? series : `last_over_time(${series}[${duration(lookbackMs)}])`;

/** The newest value of each series one offset ago. */
export const newestAt = (series: string, lookbackMs: number | null, offset: string): string =>
  lookbackMs === null
    ? `(${series} offset ${offset})`
    : `last_over_time(${series}[${duration(lookbackMs)}] offset ${offset})`;

/**
 * Growth per second over the life of each series within a window, for counters that did not restart; nothing for a single
 * sample. rate() divides the growth of a young series by the whole window.
 */
export const slope = (series: string, window: string): string =>
  // VictoriaMetrics has a slope of 0 for a single sample.
  `((deriv(${series}[${window}]) and (count_over_time(${series}[${window}]) > 1)) unless (resets(${series}[${window}]) > 0))`;

/** Limit for a GET parameter: servers in front of Prometheus (uWSGI) accept 4 KB including the address. */
const MAX_ENCODED = 3_800;

export const fitsAddress = (query: string): boolean => new URLSearchParams({ query }).toString().length <= MAX_ENCODED;

/** Unions of parts, each as long as an address can be. */
export function joinParts(parts: string[]): string[] {
  const queries: string[] = [];
  for (const part of parts) {
    const last = queries.at(-1);
    if (last !== undefined && fitsAddress(union(last, part))) queries[queries.length - 1] = union(last, part);
    else queries.push(part);
  }
  return queries;
}

/** Splits a list so that the query for each part fits into an address; never splits a single item. */
export function inBatches<T>(items: T[], toQuery: (part: T[]) => string): T[][] {
  if (items.length === 0) return [];
  if (items.length === 1 || fitsAddress(toQuery(items))) return [items];
  const middle = Math.ceil(items.length / 2);
  return [...inBatches(items.slice(0, middle), toQuery), ...inBatches(items.slice(middle), toQuery)];
}
