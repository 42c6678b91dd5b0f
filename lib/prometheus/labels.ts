import { oneOf } from './promql';

/** A text that is equal for equal sets of labels. */
export const labelKey = (labels: Record<string, string>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether a label marks copies by replicas of Prometheus or vmagent. */
export const isReplicaLabel = (name: string): boolean => /(^|_)replica(_|$)/i.test(name) || name === 'vmagent';

/** A matcher for all of these targets, by the label that lets the fewest others through; empty without targets. */
export function narrowest(targets: Record<string, string>[], names: string[]): string {
  const valuesOf = (name: string) => [...new Set(targets.map((labels) => labels[name] ?? ''))];
  const [best] = ['instance', ...names]
    .map((name) => ({ name, values: valuesOf(name) }))
    .sort((a, b) => b.values.length - a.values.length);
  return best === undefined ? '' : oneOf(best.name, best.values);
}
