import { quantile } from './aggregate';
import { anchored } from './read';
import type { Series } from './series';
import { QueryError, type Range, type Row, type Value, type Vector, withoutName } from './value';

/** https://prometheus.io/docs/prometheus/latest/querying/functions/ */

const vector = (rows: Row[]): Vector => ({ type: 'vector', rows });

const PER_ROW: Record<string, (value: number, ...numbers: number[]) => number> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: (value, nearest = 1) => Math.floor(value / nearest + 0.5) * nearest,
  clamp: (value, low = Number.NaN, high = Number.NaN) => Math.min(high, Math.max(low, value)),
  clamp_min: (value, low = Number.NaN) => Math.max(low, value),
  clamp_max: (value, high = Number.NaN) => Math.min(high, value),
};

/** Functions over the samples in the window. */
const OVER_TIME: Record<string, (values: number[]) => number> = {
  avg_over_time: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  sum_over_time: (values) => values.reduce((sum, value) => sum + value, 0),
  min_over_time: (values) => Math.min(...values),
  max_over_time: (values) => Math.max(...values),
  last_over_time: (values) => values.at(-1) ?? Number.NaN,
  count_over_time: (values) => values.length,
};

export function callFunction(name: string, values: Value[], at: number): Value {
  const [first, ...rest] = values;
  const perRow = PER_ROW[name];
  if (perRow) {
    const numbers = rest.map((value) => (value.type === 'scalar' ? value.value : Number.NaN));
    return vector(
      rowsOf(name, first).map(({ labels, value }) => ({
        labels: withoutName(labels),
        value: perRow(value, ...numbers),
      })),
    );
  }
  const overTime = OVER_TIME[name];
  if (overTime) {
    const range = rangeOf(name, first);
    return vector(
      range.series.flatMap((one) => {
        const samples = scraped(one, range);
        const labels = name === 'last_over_time' ? one.labels : withoutName(one.labels);
        return samples.length === 0 ? [] : [{ labels, value: overTime(samples) }];
      }),
    );
  }
  switch (name) {
    case 'rate':
    case 'increase': {
      const range = rangeOf(name, first);
      const window = name === 'rate' ? (range.to - range.from) / 1000 : 1;
      return vector(
        range.series.flatMap((one) =>
          increase(one, range).map((grown) => ({
            labels: withoutName(one.labels),
            value: grown / window,
          })),
        ),
      );
    }
    case 'quantile_over_time': {
      const range = rangeOf(name, rest[0]);
      const q = first?.type === 'scalar' ? first.value : Number.NaN;
      return vector(
        range.series.map((one) => ({
          labels: withoutName(one.labels),
          value: quantile(q, scraped(one, range)),
        })),
      );
    }
    case 'label_replace':
      return labelReplace(first, rest);
    case 'vector':
      if (first?.type !== 'scalar')
        throw new QueryError('bad_data', 'expected type scalar in call to function "vector"');
      return vector([{ labels: {}, value: first.value }]);
    case 'scalar': {
      const rows = rowsOf(name, first);
      return { type: 'scalar', value: rows.length === 1 ? (rows[0]?.value ?? Number.NaN) : Number.NaN };
    }
    case 'time':
      return { type: 'scalar', value: at / 1000 };
    case 'timestamp':
      return vector(rowsOf(name, first).map(({ labels }) => ({ labels: withoutName(labels), value: at / 1000 })));
    default:
      throw new QueryError(
        'bad_data',
        `unknown function with name "${name}", or one that this simulation does not support`,
      );
  }
}

function rowsOf(name: string, value: Value | undefined): Row[] {
  if (value?.type !== 'vector')
    throw new QueryError('bad_data', `expected type instant vector in call to function "${name}"`);
  return value.rows;
}

function rangeOf(name: string, value: Value | undefined): Range {
  if (value?.type !== 'range')
    throw new QueryError('bad_data', `expected type range vector in call to function "${name}"`);
  return value;
}

/** The scraped values in a left-open window. */
function scraped(series: Series, { from, to, intervalMs }: Range): number[] {
  const values: number[] = [];
  const last = Math.min(to, series.until - 1);
  for (let at = to; at > from; at -= intervalMs) if (at >= series.from && at <= last) values.unshift(series.value(at));
  return values;
}

/** A counter's increase while it was scraped in the window; empty with fewer than two scrapes. */
function increase(series: Series, { from, to, intervalMs }: Range): number[] {
  const first = Math.max(from, series.from);
  const last = Math.min(to, series.until);
  return last - first < intervalMs ? [] : [series.value(last) - series.value(first)];
}

function labelReplace(first: Value | undefined, rest: Value[]): Vector {
  const [target = '', replacement = '', source = '', pattern = ''] = rest.map((value) =>
    value.type === 'string' ? value.value : undefined,
  );
  const expression = anchored(pattern);
  return vector(
    rowsOf('label_replace', first).map(({ labels, value }) => {
      const found = expression.exec(labels[source] ?? '');
      if (!found) return { labels, value };
      const text = replacement.replace(
        /\$(?:(\d+)|\{(\d+)\})/g,
        (_, plain?: string, braced?: string) => found[Number(plain ?? braced)] ?? '',
      );
      const { [target]: _old, ...others } = labels;
      return { labels: text === '' ? others : { ...others, [target]: text }, value };
    }),
  );
}
