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
  changes: (values) => values.filter((value, i) => i > 0 && value !== values[i - 1]).length,
};

/** The same for functions that need the value of one sample at most, of which a cloud has hundreds of thousands. */
const OF_TIMES: Record<string, (series: Series, times: number[]) => number> = {
  last_over_time: ({ value }, times) => value(times.at(-1) ?? Number.NaN),
  count_over_time: (_, times) => times.length,
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
  const ofTimes = OF_TIMES[name];
  if (ofTimes) {
    const range = rangeOf(name, first);
    return vector(
      range.series.flatMap((one) => {
        const times = scrapes(one, range);
        const labels = name === 'last_over_time' ? one.labels : withoutName(one.labels);
        return times.length === 0 ? [] : [{ labels, value: ofTimes(one, times) }];
      }),
    );
  }
  const overTime = OVER_TIME[name];
  if (overTime) {
    const range = rangeOf(name, first);
    return vector(
      range.series.flatMap((one) => {
        const samples = scraped(one, range);
        return samples.length === 0 ? [] : [{ labels: withoutName(one.labels), value: overTime(samples) }];
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
    case 'deriv': {
      const range = rangeOf(name, first);
      return vector(
        range.series.flatMap((one) =>
          slope(one, scrapes(one, range)).map((value) => ({ labels: withoutName(one.labels), value })),
        ),
      );
    }
    case 'resets': {
      const { series, from, to } = rangeOf(name, first);
      const count = ({ restarts = [] }: Series) => restarts.filter((time) => from < time && time <= to).length;
      return vector(series.map((one) => ({ labels: withoutName(one.labels), value: count(one) })));
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

/** The times of scrapes in a left-open window, oldest first. */
function scrapes(series: Series, { from, to, intervalMs }: Range): number[] {
  const times: number[] = [];
  const last = Math.min(to, series.until - 1);
  for (let at = to; at > from; at -= intervalMs) if (at >= series.from && at <= last) times.push(at);
  return times.reverse();
}

/** The scraped values in a left-open window. */
const scraped = (series: Series, range: Range): number[] => scrapes(series, range).map(series.value);

/** A regression line is put through this many samples; the functions are smooth, so more would only cost time. */
const LINE_SAMPLES = 9;

/** Growth per second of the least-squares line through the samples; empty with fewer than two. */
function slope(series: Series, all: number[]): number[] {
  if (all.length < 2) return [];
  const last = all.length - 1;
  const count = Math.min(all.length, LINE_SAMPLES);
  const times = Array.from({ length: count }, (_, i) => all[Math.round((i * last) / (count - 1))] ?? 0);
  const values = times.map(series.value);
  const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / count;
  const [middle, level] = [mean(times), mean(values)];
  const covariance = mean(times.map((time, i) => (time - middle) * ((values[i] ?? level) - level)));
  return [(1000 * covariance) / mean(times.map((time) => (time - middle) ** 2))];
}

/** A counter's increase while it was scraped in the window; empty with fewer than two scrapes. */
function increase(series: Series, { from, to, intervalMs }: Range): number[] {
  const first = Math.max(from, series.from);
  const last = Math.min(to, series.until);
  if (last - first < intervalMs) return [];
  const restarts = (series.restarts ?? []).filter((time) => first < time && time <= last);
  const ends = [...restarts.map((time) => time - 1), last];
  const begins = [first, ...restarts];
  return [ends.reduce((sum, end, i) => sum + series.value(end) - series.value(begins[i] ?? first), 0)];
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
