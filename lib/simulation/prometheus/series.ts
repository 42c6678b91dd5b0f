/**
 * A time series as a function of time. Counters are exact at every moment, so that a rate over any window is the true mean.
 */
export type Series = {
  labels: Record<string, string>;
  /** The value at a time in ms between `from` and `until`. */
  value(at: number): number;
  /** When it was first and last scraped; ms. */
  from: number;
  until: number;
};

export type Labels = Record<string, string>;

export type Matcher = { name: string; matches(value: string): boolean };

/** Everything that was ever scraped, by metric name. Series are made when they are asked for. */
export type SeriesStore = {
  names: string[];
  /** All series of a metric that can match; the caller checks the matchers again. */
  series(name: string, matchers: Matcher[]): Series[];
  /** Milliseconds between two scrapes. */
  intervalMs: number;
};
