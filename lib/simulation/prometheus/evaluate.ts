import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { aggregate } from './aggregate';
import { binary } from './binary';
import { callFunction } from './functions';
import { readDuration, readMatchers, readString } from './read';
import type { Matcher, Series, SeriesStore } from './series';
import { children, labelKey, QueryError, type Range, type Value, type Vector, withoutName } from './value';

/**
 * Evaluates the part of PromQL that dashboards use over the simulated series. Anything unsupported is an error, never an
 * empty result. https://prometheus.io/docs/prometheus/latest/querying/basics/
 */

const unsupported = (what: string) => new QueryError('bad_data', `unsupported by this simulation: ${what}`);

export function evaluate(query: string, at: number, store: SeriesStore): Value {
  const tree = parser.parse(query);
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) throw new QueryError('bad_data', `parse error at char ${cursor.from + 1}`);
  } while (cursor.next());
  const top = tree.topNode.firstChild;
  if (!top) throw new QueryError('bad_data', 'no expression found in input');
  return evaluateNode(top, at, { query, store, selected: new Map() });
}

type Context = {
  query: string;
  store: SeriesStore;
  /** Series by their selector's position in the query, since a subquery selects them again at each step. */
  selected: Map<number, Series[]>;
};

function evaluateNode(node: SyntaxNode, at: number, context: Context): Value {
  const { query } = context;
  const text = query.slice(node.from, node.to);
  switch (node.name) {
    case 'NumberDurationLiteral':
      return { type: 'scalar', value: Number(text.replace(/^\+?inf$/i, 'Infinity')) };
    case 'StringLiteral':
      return { type: 'string', value: readString(text) };
    case 'ParenExpr':
      return evaluateNode(inner(node), at, context);
    case 'UnaryExpr':
      return negate(evaluateNode(inner(node, 1), at, context), text.startsWith('-'));
    case 'VectorSelector':
      return instant(node, at, context);
    case 'OffsetExpr':
      return evaluateNode(inner(node), at - readDuration(query, node.getChild('OffsetDurationExpr')), context);
    case 'StepInvariantExpr': {
      const time = node.getChild('AtModifier') ?? node;
      return evaluateNode(inner(node), readAt(query.slice(time.from, time.to)), context);
    }
    case 'MatrixSelector':
      return range(node, at, context);
    case 'SubqueryExpr':
      return subquery(node, at, context);
    case 'BinaryExpr':
      return binary(node, query, (side) => evaluateNode(side, at, context));
    case 'AggregateExpr':
      return aggregate(node, query, (side) => evaluateNode(side, at, context));
    case 'FunctionCall': {
      const name = query.slice(node.from, node.firstChild?.to);
      const values = children(node.getChild('FunctionCallBody')).map((child) => evaluateNode(child, at, context));
      return callFunction(name, values, at);
    }
    default:
      throw unsupported(node.name);
  }
}

/** Parses the time from `@ 1609746000` at the end of an expression. */
function readAt(text: string): number {
  const seconds = Number(/@\s*([\d.]+)\s*$/.exec(text)?.[1]);
  if (Number.isNaN(seconds)) throw unsupported('@ without a time');
  return Math.round(seconds * 1000);
}

function inner(node: SyntaxNode, position = 0): SyntaxNode {
  const child = children(node)[position];
  if (!child) throw unsupported(node.name);
  return child;
}

function negate(value: Value, minus: boolean): Value {
  if (!minus) return value;
  if (value.type === 'scalar') return { type: 'scalar', value: -value.value };
  if (value.type !== 'vector') throw unsupported(`minus before a ${value.type}`);
  return {
    type: 'vector',
    rows: value.rows.map(({ labels, value: n }) => ({ labels: withoutName(labels), value: -n })),
  };
}

function select(node: SyntaxNode, context: Context): Series[] {
  const known = context.selected.get(node.from) ?? findSeries(node, context);
  context.selected.set(node.from, known);
  return known;
}

function findSeries(node: SyntaxNode, { query, store }: Context): Series[] {
  const identifier = node.getChild('Identifier');
  const matchers: Matcher[] = readMatchers(query, node.getChild('LabelMatchers'));
  const name = identifier ? query.slice(identifier.from, identifier.to) : null;
  const nameMatchers = matchers.filter((matcher) => matcher.name === '__name__');
  if (name === null && nameMatchers.length === 0) throw unsupported('a selector without a metric name');
  return store.names
    .filter((candidate) =>
      name === null ? nameMatchers.every(({ matches }) => matches(candidate)) : candidate === name,
    )
    .flatMap((candidate) =>
      store
        .series(candidate, matchers)
        .filter(({ labels }) =>
          matchers.every((matcher) => matcher.name === '__name__' || matcher.matches(labels[matcher.name] ?? '')),
        )
        .map((series) => withName(series, candidate)),
    );
}

const named = new WeakMap<Series, Series>();

/** The same object for the same series, so that what is derived from its labels is kept, too. */
function withName(series: Series, name: string): Series {
  const known = named.get(series) ?? { ...series, labels: { __name__: name, ...series.labels } };
  named.set(series, known);
  return known;
}

/** A series that has ended is stale from its next scrape on. */
function instant(node: SyntaxNode, at: number, context: Context): Vector {
  const alive = select(node, context).filter(({ from, until }) => from <= at && at < until);
  return { type: 'vector', rows: alive.map(({ labels, value }) => ({ labels, value: value(at) })) };
}

function range(node: SyntaxNode, at: number, context: Context): Range {
  const selector = node.getChild('VectorSelector');
  if (!selector) throw unsupported('a range of anything except a selector');
  const from = at - readDuration(context.query, node.getChild('DurationExpr'));
  const series = select(selector, context).filter((one) => one.from <= at && one.until > from);
  return { type: 'range', series, from, to: at, intervalMs: context.store.intervalMs };
}

function subquery(node: SyntaxNode, at: number, context: Context): Range {
  const [window, step] = node.getChildren('DurationExpr').map((duration) => readDuration(context.query, duration));
  const stepMs = step ?? 60_000;
  if (window === undefined || window / stepMs > 11_000) throw new QueryError('bad_data', 'exceeded maximum resolution');
  const points = new Map<string, { labels: Record<string, string>; values: Map<number, number> }>();
  const first = Math.ceil((at - window) / stepMs) * stepMs;
  let last = first;
  for (let time = first; time <= at; time += stepMs) {
    last = time;
    const value = evaluateNode(inner(node), time, context);
    const rows =
      value.type === 'vector' ? value.rows : value.type === 'scalar' ? [{ labels: {}, value: value.value }] : null;
    if (rows === null) throw unsupported('a subquery of a range');
    for (const row of rows) {
      const key = labelKey(row.labels);
      const found = points.get(key) ?? { labels: row.labels, values: new Map() };
      found.values.set(time, row.value);
      points.set(key, found);
    }
  }
  const series = [...points.values()].map(({ labels, values }): Series => {
    const times = [...values.keys()];
    return {
      labels,
      from: times[0] ?? at,
      until: (times.at(-1) ?? at) + stepMs,
      value: (time) => values.get(first + Math.round((time - first) / stepMs) * stepMs) ?? Number.NaN,
    };
  });
  // Its points are at multiples of the step, whatever the evaluation time.
  return { type: 'range', series, from: first - 1, to: last, intervalMs: stepMs };
}
