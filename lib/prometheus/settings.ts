import { SourceError } from '../errors';
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
const MATCHERS = /^\s*(?:[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*(?:,\s*|$))*$/;

/** @throws SourceError of kind `config` for what is not a list of label matchers */
export function checkSelector(selector: string): void {
  if (!MATCHERS.test(selector)) {
    throw new SourceError(
      'prometheus',
      'config',
      'A METRICS_..._SELECTOR is not a list of label matchers, such as job="node".',
    );
  }
}

const MINUTE = 60_000;
const SAMPLES = 4;

/** A rate needs two samples and is steady from four on; a shorter window than that is widened. */
function windowMs(wanted: number | 'auto', intervalSeconds: number | null, least: number): number {
  const needed = SAMPLES * (intervalSeconds ?? 0) * 1000;
  return Math.max(wanted === 'auto' ? least : wanted, needed);
}

export const nodeWindow = (settings: MetricSettings, exporters: ExporterSet): number =>
  windowMs(settings.window, exporters.nodeIntervalSeconds, 5 * MINUTE);

/** Ceilometer polls every two minutes or slower, and the samples between repeat the last one. */
const CEILOMETER_POLL_SECONDS = 120;

export const serverWindow = (settings: MetricSettings, exporters: ExporterSet): number =>
  exporters.servers === 'ceilometer'
    ? windowMs(settings.serverWindow, CEILOMETER_POLL_SECONDS, 10 * MINUTE)
    : windowMs(settings.serverWindow, exporters.nodeIntervalSeconds, 5 * MINUTE);
