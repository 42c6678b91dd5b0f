import 'server-only';
import { Gauge, type Registry } from 'prom-client';
import type { RegionId } from '../process/region';

type Labels = Record<string, string>;

/** A metric about one region. `set` without labels is for metrics that have no other label. */
export type RegionGauge = {
  set(value: number): void;
  set(labels: Labels, value: number): void;
  inc(labels: Labels): void;
};

/** Adds a metric about the cloud; its name gets the prefix of the product, and it the label of the region. */
export type MakeGauge = (name: string, help: string, ...labels: string[]) => RegionGauge;

/** Makes the metrics of one region after the other, each metric once for all. */
export function openGauges(registry: Registry): (region: RegionId) => MakeGauge {
  const made = new Map<string, Gauge>();
  return (region) =>
    (name, help, ...labels) => {
      const gauge =
        made.get(name) ??
        new Gauge({ name: `watcher_visio_${name}`, help, labelNames: ['region', ...labels], registers: [registry] });
      made.set(name, gauge);
      return {
        set: (first: Labels | number, value?: number) =>
          typeof first === 'number' ? gauge.set({ region }, first) : gauge.set({ ...first, region }, value ?? 0),
        inc: (own) => gauge.inc({ ...own, region }),
      };
    };
}
