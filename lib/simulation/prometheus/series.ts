/**
 * A time series as a function of time. Counters are exact at every moment, so that a rate over any window is the true mean.
 */
export type Series = {
  labels: Labels;
  /** The value at a time in ms between `from` and `until`. */
  value(at: number): number;
  /** When it was first and last scraped; ms. */
  from: number;
  until: number;
};

export type Labels = Record<string, string>;

export type Matcher = { name: string; matches(value: string): boolean };

/** What is scraped, as Prometheus lists it. */
export type Target = { labels: Labels; health: 'up' | 'down'; port: number };

/** Everything that was ever scraped, by metric name. Series are made when they are asked for. */
export type SeriesStore = {
  names: string[];
  /** All series of a metric that can match; the caller checks the matchers again. */
  series(name: string, matchers: Matcher[]): Series[];
  /** Milliseconds between two scrapes. */
  intervalMs: number;
  targets?: Target[];
};

/** Makes the series of one metric. May leave out what the matchers rule out, to be quick. */
export type Maker = (matchers: Matcher[]) => Series[];

/** The metrics of one exporter, by name. */
export type Makers = Record<string, Maker>;

/** A label of this value passes all matchers for it. */
export const passes = (matchers: Matcher[], name: string, value: string): boolean =>
  matchers.every((matcher) => matcher.name !== name || matcher.matches(value));

/** A series from a time on, for good. */
export const lasting = (labels: Labels, from: number, value: (at: number) => number): Series => ({
  labels,
  value,
  from,
  until: Number.POSITIVE_INFINITY,
});
