import type { Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { ExporterSet, NodeTarget } from '@/lib/prometheus/records';
import type { MetricSettings } from '@/lib/prometheus/settings';

/** What Prometheus knows of machines: all node targets, compute hosts or not. Which is which is the domain's to say. */
export type Load = { exporters: ExporterSet; targets: NodeTarget[] };

export type LoadReader = {
  prometheus: Prometheus;
  settings: MetricSettings;
  /** Which exporters there are; asked every ten minutes, since it changes with deployments only. */
  exporters(): Promise<ExporterSet>;
  /** @throws SourceError of Prometheus */
  read(): Promise<Load>;
};

const DISCOVERY_MS = 600_000;

export function openLoadReader(prometheus: Prometheus, settings: MetricSettings, clock: () => number): LoadReader {
  let found: { at: number; exporters: Promise<ExporterSet> } | undefined;
  const exporters = () => {
    if (!found || clock() - found.at > DISCOVERY_MS) {
      const asked = { at: clock(), exporters: discoverExporters(prometheus, settings) };
      found = asked;
      asked.exporters.catch(() => {
        if (found === asked) found = undefined;
      });
    }
    return found.exporters;
  };
  return {
    prometheus,
    settings,
    exporters,
    async read() {
      const set = await exporters();
      const targets = await listNodeTargets(prometheus, settings, set);
      // Nothing there although it was before: the exporters may have changed, so look again next time.
      if (targets.length === 0) found = undefined;
      return { exporters: set, targets };
    },
  };
}
