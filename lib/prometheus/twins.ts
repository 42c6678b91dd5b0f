import type { QueryOptions } from './client';
import { labelKey } from './labels';
import type { Metrics } from './metrics';
import { identityLabels, NODE_QUERIES } from './node-queries';
import type { Sample, TargetIdentity } from './records';
import { type Evidence, learnIdentity, NO_IDENTITY } from './target-identity';

/**
 * Which labels tell node targets apart that agree in their usual labels, from everything these targets report.
 *
 * @throws SourceError of Prometheus
 */
export async function learnTwins(metrics: Metrics, options: QueryOptions = {}): Promise<TargetIdentity> {
  const query = NODE_QUERIES.twins(metrics, metrics.exporters.hosts === 'recording-rules');
  const usual = identityLabels({ ...metrics, exporters: { ...metrics.exporters, identity: NO_IDENTITY } });
  return learnIdentity(toEvidence(await metrics.prometheus.query(query, options)), usual);
}

/** One record per target. `nodename` is what node_uname_info adds, unless all of a target's series have such a label. */
function toEvidence(samples: Sample[]): Evidence[] {
  const targets = new Map<string, Evidence>();
  const find = (labels: Record<string, string>) => targets.get(labelKey(labels));
  const add = (labels: Record<string, string>): Evidence => {
    const known = find(labels) ?? { labels, nodename: null, facts: new Map() };
    targets.set(labelKey(labels), known);
    return known;
  };
  for (const { labels: all, value } of samples) {
    const { m: measure = '', __name__: _, ...labels } = all;
    if (measure !== 'uname' && value !== null) add(labels).facts.set(measure, value);
  }
  for (const { labels: all } of samples) {
    const { m: measure, __name__: _, ...labels } = all;
    if (measure !== 'uname') continue;
    const { nodename = '', ...rest } = labels;
    (find(labels) ?? add(rest)).nodename = nodename;
  }
  return [...targets.values()];
}
