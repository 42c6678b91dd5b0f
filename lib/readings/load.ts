import type { Prometheus } from '@/lib/prometheus/client';
import { discoverExporters } from '@/lib/prometheus/discover';
import type { Metrics } from '@/lib/prometheus/metrics';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { ExporterSet, NodeTarget } from '@/lib/prometheus/records';
import { type MetricSettings, nodeWindow } from '@/lib/prometheus/settings';
import { MINUTE_MS } from '@/lib/units';

/** All node targets in Prometheus, including machines that are not compute hosts; the domain matches them to hosts. */
export type Load = { exporters: ExporterSet; targets: NodeTarget[] };

export type LoadReader = {
  prometheus: Prometheus;
  settings: MetricSettings;
  /** What the functions of lib/prometheus read from. @throws SourceError of Prometheus */
  metrics(): Promise<Metrics>;
  /** Which exporters exist; checked every ten minutes, since only deployments change it. */
  exporters(): Promise<ExporterSet>;
  /** @throws SourceError of Prometheus */
  read(): Promise<Load>;
  /** The time over which the CPU of hosts is averaged, ms; assumed without a reading. */
  windowOf(load: Load | null | undefined): number;
};

const ASSUMED_WINDOW_MS = 5 * MINUTE_MS;

const DISCOVERY_MS = 10 * MINUTE_MS;

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
  const metrics = async () => ({ prometheus, settings, exporters: await exporters() });
  const forget = () => {
    found = undefined;
  };
  return {
    prometheus,
    settings,
    exporters,
    metrics,
    windowOf: (load) => (load ? nodeWindow(settings, load.exporters) : ASSUMED_WINDOW_MS),
    async read() {
      const found = await metrics();
      const targets = await listNodeTargets(found);
      // No targets: the exporters may have changed, so check again next time.
      if (targets.length === 0) forget();
      return { exporters: found.exporters, targets };
    },
  };
}
