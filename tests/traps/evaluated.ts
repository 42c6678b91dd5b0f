import { SourceError } from '@/lib/errors';
import type { Prometheus } from '@/lib/prometheus/client';
import { evaluate } from '@/lib/simulation/prometheus/evaluate';
import { QueryError } from '@/lib/simulation/prometheus/value';
import { type NamedSeries, storeOf } from '../wild/series';

/** A Prometheus in this process that has these series. */
export function evaluatedBy(
  series: NamedSeries[],
  { now, takesLongLists }: { now: number; takesLongLists: boolean },
): { prometheus: Prometheus; queries: string[] } {
  const store = storeOf(series);
  const queries: string[] = [];
  const evaluated = (expression: string, at: number) => {
    try {
      return evaluate(expression, at, store);
    } catch (cause) {
      if (cause instanceof QueryError) throw new SourceError('prometheus', 'query', cause.message, { cause });
      throw cause;
    }
  };
  const prometheus: Prometheus = {
    async query(expression, { at = now } = {}) {
      queries.push(expression);
      const result = evaluated(expression, at);
      if (result.type !== 'vector') throw new Error(`a ${result.type} is no vector`);
      return result.rows.map(({ labels, value }) => ({ labels, value: Number.isNaN(value) ? null : value, at }));
    },
    queryRange: () => Promise.reject(new Error('not asked for')),
    probe: async () => {},
    takesLongQueries: () => takesLongLists,
    takesLongLists: () => takesLongLists,
  };
  return { prometheus, queries };
}
