/**
 * A time series as a function of time. Counters are exact at any time, so that a rate over any window is the true mean.
 */
export type Series = {
  labels: Labels;
  /** The value at a time in ms between `from` and `until`. */
  value(at: number): number;
  /** First and last scrape; ms. */
  from: number;
  until: number;
  /** Times at which a counter began anew at 0. */
  restarts?: number[];
};

export type Labels = Record<string, string>;

export type Matcher = { name: string; matches(value: string): boolean };

/** A scrape target, as listed by Prometheus. */
export type Target = { labels: Labels; health: 'up' | 'down'; port: number };

/** All series by metric name. Series are created on demand. */
export type SeriesStore = {
  names: string[];
  /** The series of a metric that may match; the caller checks the matchers again. */
  series(name: string, matchers: Matcher[]): Series[];
  /** Milliseconds between two scrapes. */
  intervalMs: number;
  targets?: Target[];
};

/** Creates the series of one metric. For speed, it may omit series that the matchers exclude. */
export type Maker = (matchers: Matcher[]) => Series[];

/** The metrics of one exporter, by name. */
export type Makers = Record<string, Maker>;

/** Whether a label value passes all matchers for that label. */
export const passes = (matchers: Matcher[], name: string, value: string): boolean =>
  matchers.every((matcher) => matcher.name !== name || matcher.matches(value));

/** A series that starts at a time and never ends. */
export const lasting = (labels: Labels, from: number, value: (at: number) => number): Series => ({
  labels,
  value,
  from,
  until: Number.POSITIVE_INFINITY,
});
