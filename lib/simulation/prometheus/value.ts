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

export function withoutName({ __name__, ...labels }: Record<string, string>): Record<string, string> {
  return labels;
}

export const labelKey = (labels: Record<string, string>): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
