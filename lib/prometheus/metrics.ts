import type { Prometheus } from './client';
import type { ExporterSet } from './records';
import type { MetricSettings } from './settings';

/** A Prometheus, the exporters that feed it, and the settings for how they name things. */
export type Metrics = { prometheus: Prometheus; settings: MetricSettings; exporters: ExporterSet };
