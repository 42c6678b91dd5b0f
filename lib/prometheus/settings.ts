import { SourceError } from '../errors';
import { MINUTE_MS } from '../units';
import type { ExporterSet } from './records';

/** What an admin's exporters may call otherwise. */
export type MetricSettings = {
  /** Label matchers as between { and }, without the braces; may be empty. */
  selectors: { node: string; libvirt: string; openstack: string; ceilometer: string };
  /** Labels of a node target that may name its host, in order. */
  hostLabels: string[];
  /** Label that holds the VM's id, where it is not the exporter's own. */
  serverLabel: string | null;
  /** CPU modes that count as idle. */
  idleModes: string[];
  /** Rate windows in ms. */
  window: number | 'auto';
  serverWindow: number | 'auto';
};

export const defaultMetricSettings: MetricSettings = {
  selectors: { node: '', libvirt: '', openstack: '', ceilometer: '' },
  hostLabels: ['fqdn', 'hostname', 'instance_hostname', 'instance'],
  serverLabel: null,
  idleModes: ['idle'],
  window: 'auto',
  serverWindow: 'auto',
};

/** name, one of = != =~ !~, a quoted text; any number of them, separated by commas. */
const MATCHERS =
  /^\s*(?:[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)\s*(?:,\s*|$))*$/;

/**
 * Refuses whatever could end the braces it is put into: a brace outside quotes, a quote that is not closed.
 *
 * @param name what the setting is called, for the message
 * @throws SourceError of kind `config`
 */
export function checkSelector(selector: string, name = 'A selector of metrics'): void {
  if (!MATCHERS.test(selector)) {
    throw new SourceError('prometheus', 'config', `${name} must be a list of label matchers, such as job="node".`);
  }
}

/** @throws SourceError of kind `config` */
export function checkLabelName(label: string, name = 'A label of metrics'): void {
  if (!/^[A-Za-z_]\w*$/.test(label)) {
    throw new SourceError('prometheus', 'config', `${name} must be a label: letters, digits and underscores.`);
  }
}

/** A rate needs two samples and is steady from four on. */
const SAMPLES = 4;

/** The configured or least window, widened to four samples. */
function windowMs(wanted: number | 'auto', intervalSeconds: number | null, least: number): number {
  return Math.max(wanted === 'auto' ? least : wanted, SAMPLES * (intervalSeconds ?? 0) * 1000);
}

/** Over which time a host's CPU use is the mean; ms. */
export const nodeWindow = (settings: MetricSettings, exporters: ExporterSet): number =>
  windowMs(settings.window, exporters.nodeIntervalSeconds, 5 * MINUTE_MS);

/** How Ceilometer is polled as it is installed; scrapes between two polls repeat the last value. */
const CEILOMETER_POLL_SECONDS = 120;

/**
 * Over which time a VM's CPU use is the mean, and the shortest time in which it can be told at all; ms. Ceilometer's window is
 * six polls: over ten minutes four or five of them count, and a VM at 100 % reads 84 to 105 %; over five minutes, 80 to 133 %.
 */
export function serverWindows(settings: MetricSettings, exporters: ExporterSet): { mean: number; shortest: number } {
  const ceilometer = exporters.servers === 'ceilometer';
  const interval = ceilometer
    ? CEILOMETER_POLL_SECONDS
    : (exporters.serverIntervalSeconds ?? exporters.nodeIntervalSeconds);
  const mean = windowMs(
    settings.serverWindow,
    interval,
    ceilometer ? 6 * CEILOMETER_POLL_SECONDS * 1000 : 5 * MINUTE_MS,
  );
  return { mean, shortest: interval === null ? mean : SAMPLES * interval * 1000 };
}

/** An instant query looks back five minutes; what is scraped less often would come and go. */
const INSTANT_SECONDS = 240;

/** How far back the last value of a series may lie, in ms; null: an instant query does. */
export function lookback(intervalSeconds: number | null): number | null {
  return intervalSeconds !== null && intervalSeconds > INSTANT_SECONDS ? 3 * intervalSeconds * 1000 : null;
}
