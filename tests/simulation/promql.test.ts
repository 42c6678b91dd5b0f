import { describe, expect, it } from 'vitest';
import { evaluate } from '@/lib/simulation/prometheus/evaluate';
import type { Series, SeriesStore } from '@/lib/simulation/prometheus/series';

/** Numbers that are easy to check by hand: at 600 s, with scrapes every 15 s. */

const series = (
  labels: Record<string, string>,
  value: (at: number) => number,
  { until = Number.POSITIVE_INFINITY } = {},
): Series => ({ labels, value, from: 0, until });

const DATA: Record<string, Series[]> = {
  gauge: [
    series({ host: 'a', dc: 'x' }, () => 1),
    series({ host: 'b', dc: 'x' }, () => 3),
    series({ host: 'c', dc: 'y' }, () => 5),
  ],
  counter: [series({ host: 'a' }, (at) => at / 1000), series({ host: 'b' }, (at) => (2 * at) / 1000)],
  size: [series({ host: 'a' }, () => 10), series({ host: 'b' }, () => 20)],
  stopped: [series({ host: 'a' }, (at) => at / 1000, { until: 570_000 })],
};

const store: SeriesStore = { names: Object.keys(DATA), series: (name) => DATA[name] ?? [], intervalMs: 15_000 };

const run = (query: string) => {
  const value = evaluate(query, 600_000, store);
  if (value.type === 'scalar') return value.value;
  if (value.type !== 'vector') return value.type;
  return value.rows.map(({ labels, value: number }) => {
    const { __name__: _, ...rest } = labels;
    return [
      Object.entries(rest)
        .map(([name, text]) => `${name}=${text}`)
        .sort()
        .join(','),
      number,
    ];
  });
};

describe('the simulated Prometheus', () => {
  it.each([
    [
      'gauge{dc="x"}',
      [
        ['dc=x,host=a', 1],
        ['dc=x,host=b', 3],
      ],
    ],
    ['gauge{host=~"a|c",dc!="y"}', [['dc=x,host=a', 1]]],
    ['{__name__="size",host!~"a.*"}', [['host=b', 20]]],
    ['nothing_of_this_name', []],
    ['sum(gauge)', [['', 9]]],
    [
      'avg by (dc) (gauge)',
      [
        ['dc=x', 2],
        ['dc=y', 5],
      ],
    ],
    [
      'max without (host) (gauge)',
      [
        ['dc=x', 3],
        ['dc=y', 5],
      ],
    ],
    ['count(nothing_of_this_name)', []],
    ['quantile(0.5, gauge)', [['', 3]]],
    ['topk(1, gauge)', [['dc=y,host=c', 5]]],
    [
      'rate(counter[5m])',
      [
        ['host=a', 1],
        ['host=b', 2],
      ],
    ],
    ['increase(counter{host="a"}[1m])', [['host=a', 60]]],
    ['count_over_time(gauge{host="a"}[1m])', [['dc=x,host=a', 4]]],
    ['max_over_time(counter{host="a"}[1m])', [['host=a', 600]]],
    ['counter{host="a"} offset 5m', [['host=a', 300]]],
    // It stopped at 570 s: it is gone at once, but the one-minute rate still includes its increase.
    ['stopped', []],
    ['rate(stopped[1m])', [['host=a', 0.5]]],
    [
      'gauge > 2',
      [
        ['dc=x,host=b', 3],
        ['dc=y,host=c', 5],
      ],
    ],
    [
      'size / on (host) counter',
      [
        ['host=a', 10 / 600],
        ['host=b', 20 / 1200],
      ],
    ],
    [
      'gauge * on (host) group_left () size',
      [
        ['dc=x,host=a', 10],
        ['dc=x,host=b', 60],
      ],
    ],
    [
      'gauge and on (host) size',
      [
        ['dc=x,host=a', 1],
        ['dc=x,host=b', 3],
      ],
    ],
    ['gauge unless on (host) size', [['dc=y,host=c', 5]]],
    [
      'size or on (host) gauge',
      [
        ['host=a', 10],
        ['host=b', 20],
        ['dc=y,host=c', 5],
      ],
    ],
    [
      'clamp(gauge, 2, 4)',
      [
        ['dc=x,host=a', 2],
        ['dc=x,host=b', 3],
        ['dc=y,host=c', 4],
      ],
    ],
    ['round(gauge{host="b"} / 2, 0.5)', [['dc=x,host=b', 1.5]]],
    ['-gauge{host="a"} + 3', [['dc=x,host=a', 2]]],
    ['label_replace(gauge{host="a"}, "m", "$1-new", "host", "(.*)")', [['dc=x,host=a,m=a-new', 1]]],
    ['label_replace(vector(1), "m", "idle", "", "")', [['m=idle', 1]]],
    ['max_over_time(sum(counter)[2m:1m])', [['', 1800]]],
    ['vector(time())', [['', 600]]],
  ])('evaluates %s', (query, expected) => {
    expect(run(query)).toEqual(expected);
  });

  it('evaluates scalars with the right precedence', () => {
    expect(run('2 + 3 * 4')).toBe(14);
    expect(run('(2 + 3) * 4')).toBe(20);
    expect(run('scalar(size{host="a"}) ^ 2')).toBe(100);
  });

  it.each([
    'holt_winters(gauge[5m], 1, 1)',
    'gauge[5m',
    'rate(gauge)',
    'sum(5)',
    'size + on (dc) gauge',
    'gauge == bool 1',
  ])('rejects %s instead of returning an empty result', (query) => {
    expect(() => run(query)).toThrow();
  });
});
