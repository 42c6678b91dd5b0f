import type { SyntaxNode } from '@lezer/common';
import type { Series } from './series';

/** Results of expressions. */

export type Row = { labels: Record<string, string>; value: number };
export type Vector = { type: 'vector'; rows: Row[] };
type Scalar = { type: 'scalar'; value: number };
type Text = { type: 'string'; value: string };
/** Series with a window; both ends in ms. */
export type Range = { type: 'range'; series: Series[]; from: number; to: number; intervalMs: number };
export type Value = Vector | Scalar | Text | Range;

export class QueryError extends Error {
  readonly kind: 'bad_data' | 'execution';
  constructor(kind: 'bad_data' | 'execution', message: string) {
    super(message);
    this.kind = kind;
  }
}

export function children(node: SyntaxNode | null): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) list.push(child);
  return list;
}

const bareLabels = new WeakMap<Record<string, string>, Record<string, string>>();

/** The same object for the same labels, of which a query has many thousands. */
export function withoutName(labels: Record<string, string>): Record<string, string> {
  const known = bareLabels.get(labels);
  if (known) return known;
  const { __name__, ...bare } = labels;
  bareLabels.set(labels, bare);
  return bare;
}

const keys = new WeakMap<Record<string, string>, string>();

/**
 * The same text for the same labels; an empty label counts as absent.
 *
 * @param counts whether a label is part of it; all are by default
 */
export function labelKey(labels: Record<string, string>, counts?: (name: string) => boolean): string {
  const known = counts ? undefined : keys.get(labels);
  if (known !== undefined) return known;
  let key = '';
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name];
    if (value && (!counts || counts(name))) key += `${name}\0${value}\0`;
  }
  if (!counts) keys.set(labels, key);
  return key;
}
