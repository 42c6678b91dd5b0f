import type { SyntaxNode } from '@lezer/common';
import { readLabels } from './read';
import { children, labelKey, QueryError, type Row, type Value, type Vector, withoutName } from './value';

/** https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators */

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

const SIMPLE: Record<string, (values: number[]) => number> = {
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  max: (values) => values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => {
    const mean = sum(values) / values.length;
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
  },
};

export function aggregate(node: SyntaxNode, query: string, evaluate: (node: SyntaxNode) => Value): Vector {
  const operator = text(query, node.getChild('AggregateOp'));
  const values = children(node.getChild('FunctionCallBody')).map(evaluate);
  const vector = values.at(-1);
  if (vector?.type !== 'vector')
    throw new QueryError('bad_data', `expected type instant vector in aggregation ${operator}`);
  const parameter = values.length > 1 ? values[0] : undefined;
  const groups = groupRows(vector.rows, node.getChild('AggregateModifier'), query);
  return { type: 'vector', rows: groups.flatMap((group) => combine(operator, parameter, group)) };
}

function combine(
  operator: string,
  parameter: Value | undefined,
  { labels, rows }: { labels: Record<string, string>; rows: Row[] },
): Row[] {
  const values = rows.map(({ value }) => value);
  const simple = SIMPLE[operator];
  if (simple) return [{ labels, value: simple(values) }];
  const number = parameter?.type === 'scalar' ? parameter.value : Number.NaN;
  switch (operator) {
    case 'quantile':
      return [{ labels, value: quantile(number, values) }];
    case 'topk':
      return [...rows].sort((a, b) => b.value - a.value).slice(0, number);
    case 'bottomk':
      return [...rows].sort((a, b) => a.value - b.value).slice(0, number);
    default:
      throw new QueryError('bad_data', `unsupported by this simulation: ${operator}`);
  }
}

/** Interpolates between the two nearest ranks, like Prometheus. */
export function quantile(q: number, values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.max(0, Math.floor(rank))] ?? Number.NaN;
  const high = sorted[Math.min(sorted.length - 1, Math.floor(rank) + 1)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

function groupRows(
  rows: Row[],
  modifier: SyntaxNode | null,
  query: string,
): { labels: Record<string, string>; rows: Row[] }[] {
  const names = readLabels(query, modifier?.getChild('GroupingLabels') ?? null);
  const without = modifier !== null && modifier.getChild('Without') !== null;
  const groups = new Map<string, { labels: Record<string, string>; rows: Row[] }>();
  // Builds a key for every row but labels only for every group: a large cloud has a hundred thousand CPUs.
  const keep = (labels: Record<string, string>) =>
    Object.fromEntries(
      without
        ? Object.entries(withoutName(labels)).filter(([name]) => !names.includes(name))
        : Object.entries(labels).filter(([name]) => names.includes(name)),
    );
  const keyOf = (labels: Record<string, string>) =>
    without
      ? labelKey(labels, (name) => name !== '__name__' && !names.includes(name))
      : names.map((name) => labels[name] ?? '').join('\n');
  for (const row of rows) {
    const key = keyOf(row.labels);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { labels: keep(row.labels), rows: [row] });
  }
  return [...groups.values()];
}

const text = (query: string, node: SyntaxNode | null) => (node ? query.slice(node.from, node.to) : '');
