import type { Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { ExporterSet, NodeTarget } from '@/lib/prometheus/records';
import type { MetricSettings } from '@/lib/prometheus/settings';

/** All node targets in Prometheus, including machines that are not compute hosts; the domain matches them to hosts. */
export type Load = { exporters: ExporterSet; targets: NodeTarget[] };

export type LoadReader = {
  prometheus: Prometheus;
  settings: MetricSettings;
  /** Which exporters exist; checked every ten minutes, since only deployments change it. */
  exporters(): Promise<ExporterSet>;
  /** @throws SourceError of Prometheus */
  read(): Promise<Load>;
};

const DISCOVERY_MS = 600_000;

export function openLoadReader(prometheus: Prometheus, settings: MetricSettings, clock: () => number): LoadReader {
  let found: { at: number; exporters: Promise<ExporterSet> } | undefined;
  const exporters = () => {
    if (!found || clock() - found.at > DISCOVERY_MS) {
      const discovery = { at: clock(), exporters: discoverExporters(prometheus, settings) };
      found = discovery;
      discovery.exporters.catch(() => {
        if (found === discovery) found = undefined;
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
      // No targets: the exporters may have changed, so check again next time.
      if (targets.length === 0) found = undefined;
      return { exporters: set, targets };
    },
  };
}
