import { SourceError } from '../errors';
import { MINUTE_MS } from '../units';
import type { ExporterSet, ServerUseSource } from './records';

/** Names that differ between exporters. */
export type MetricSettings = {
  /** Label matchers without the braces; may be empty. */
  selectors: { node: string; libvirt: string; openstack: string; ceilometer: string };
  /** Labels of a node target that may name its host, in order. */
  hostLabels: string[];
  /** Label that contains the VM's id, if it is not the exporter's default. */
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

/** Any number of matchers separated by commas: a name, one of = != =~ !~, and a quoted text. */
const MATCHERS =
  /^\s*(?:[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)\s*(?:,\s*|$))*$/;

/**
 * Rejects anything that could close the braces around it: a brace outside quotes, or an unclosed quote.
 *
 * @param name the setting's name, for the message
 * @throws SourceError of kind `config`
 */
export function checkSelector(selector: string, name = 'A metrics selector'): void {
  if (!MATCHERS.test(selector)) {
    throw new SourceError('prometheus', 'config', `${name} must be a list of label matchers, such as job="node".`);
  }
}

/** @throws SourceError of kind `config` */
export function checkLabelName(label: string, name = 'A metrics label'): void {
  if (!/^[A-Za-z_]\w*$/.test(label)) {
    throw new SourceError('prometheus', 'config', `${name} must be a label: letters, digits and underscores.`);
  }
}

/** A rate needs two samples and is steady with four. */
const SAMPLES = 4;

/** The configured or default window, extended to four samples. */
function windowMs(configured: number | 'auto', intervalSeconds: number | null, fallback: number): number {
  return Math.max(configured === 'auto' ? fallback : configured, SAMPLES * (intervalSeconds ?? 0) * 1000);
}

/** Length of the mean for a host's CPU usage; ms. */
export const nodeWindow = (settings: MetricSettings, exporters: ExporterSet): number =>
  windowMs(settings.window, exporters.nodeIntervalSeconds, 5 * MINUTE_MS);

/** Ceilometer's default polling interval; scrapes between two polls repeat the last value. */
export const POLL_SECONDS = 120;

/**
 * Length of the mean for a VM's CPU usage; ms. Ceilometer's window is six polls: over ten minutes only four or five would count
 * and a VM at 100 % would read 84 to 105 %; over five minutes, 80 to 133 %.
 */
export function serverWindow(
  { settings, exporters }: { settings: MetricSettings; exporters: ExporterSet },
  source: ServerUseSource,
): number {
  if (source === 'ceilometer') return windowMs(settings.serverWindow, POLL_SECONDS, 6 * POLL_SECONDS * 1000);
  const interval = exporters.serverIntervalSeconds ?? exporters.nodeIntervalSeconds;
  return windowMs(settings.serverWindow, interval, 5 * MINUTE_MS);
}

/** An instant query looks back five minutes, so series scraped less often than this would come and go. */
const INSTANT_SECONDS = 240;

/** How far back to look for the last value of a series, in ms; null if an instant query's own lookback is enough. */
export function lookback(intervalSeconds: number | null): number | null {
  return intervalSeconds !== null && intervalSeconds > INSTANT_SECONDS ? 3 * intervalSeconds * 1000 : null;
}
