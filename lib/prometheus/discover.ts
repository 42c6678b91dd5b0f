import type { Prometheus } from './client';
import { NODE_QUERIES } from './node-queries';
import { joinParts } from './promql';
import { idLabels, QUERIES } from './queries';
import type { ExporterSet, Sample, ServerSource } from './records';
import { SOURCES } from './server-queries';
import type { MetricSettings } from './settings';
import { NO_IDENTITY } from './target-identity';
import { learnTwins } from './twins';

/**
 * Detects which exporters feed this Prometheus, how often they are scraped, and what tells their targets apart. Only the
 * existence of metrics is checked, because job and label names differ everywhere and RHOSO drops the job.
 *
 * @throws SourceError of Prometheus
 */
export async function discoverExporters(prometheus: Prometheus, settings: MetricSettings): Promise<ExporterSet> {
  const parts = [
    ...QUERIES.discover(settings),
    ...QUERIES.interval(settings),
    ...NODE_QUERIES.mayHaveTwins({ settings, exporters: NOTHING_FOUND }),
  ];
  const rows = (await Promise.all(joinParts(parts).map((query) => prometheus.query(query)))).flat();
  const found = new Map(rows.map(({ labels, value }) => [labels.m ?? '', value]));
  const exporters: ExporterSet = {
    ...NOTHING_FOUND,
    hosts: found.has('node') ? 'node-exporter' : found.has('rules') ? 'recording-rules' : null,
    servers: SOURCES.flatMap((source): ServerSource[] => {
      const known = idLabels(source, settings).map((label) => ({ label, known: found.get(`${source} ${label}`) ?? 0 }));
      const best = known.find((one) => one.known > 0);
      return best === undefined ? [] : [{ source, ...best }];
    }),
    openstack: found.has('openstack'),
    nodeIntervalSeconds: intervalOf('node', rows) ?? intervalOf('cpu', rows),
    serverIntervalSeconds: intervalOf('server', rows),
    openstackIntervalSeconds: intervalOf('openstack', rows),
  };
  // Aetos shows some accounts their own project only. They look like those without exporters, but may not ask this.
  if (exporters.hosts === null) await prometheus.query('vector(1)');
  const twins = exporters.hosts === 'recording-rules' ? 'twins_of_rules' : 'twins';
  if (exporters.hosts === null || !found.has(twins)) return exporters;
  return { ...exporters, identity: await learnTwins({ prometheus, settings, exporters }) };
}

const NOTHING_FOUND: ExporterSet = {
  hosts: null,
  identity: NO_IDENTITY,
  servers: [],
  openstack: false,
  nodeIntervalSeconds: null,
  serverIntervalSeconds: null,
  openstackIntervalSeconds: null,
};

/** Scrapes are counted over at most an hour, so no longer interval can be measured. */
const MAX_INTERVAL_SECONDS = 7_200;

/** Query windows depend on the interval, so an implausible one must not make Prometheus read years of data. */
const isInterval = (seconds: number | null): boolean =>
  seconds !== null && seconds > 0 && seconds <= MAX_INTERVAL_SECONDS;

function intervalOf(exporter: string, intervals: Sample[]): number | null {
  const counted = ['60', '600', '3600'].map((seconds) =>
    intervals.find(({ labels }) => labels.m === `${exporter}_${seconds}`),
  );
  return counted.find((sample) => sample !== undefined && isInterval(sample.value))?.value ?? null;
}
