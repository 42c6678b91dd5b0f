import { emptyHistory, gridUntil, listNodeHistory, type TimeGrid } from '@/lib/prometheus/node-history';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeHistoryPoint, NodeTarget, ServerUse, ServerUseSource } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';

/** CPU and RAM of one host over time. */
export type HostPast = { grid: TimeGrid; points: NodeHistoryPoint[]; found: boolean };

/** Usage of one host's VMs, by id; `source` is null if no exporter reports single VMs. */
export type ServerLoad = { source: ServerUseSource | null; use: Record<string, ServerUse> };

export type Span = { lengthMs: number; stepMs: number };

export type HostLoadReader = {
  /**
   * @param pick chooses the host's target from those that exist now or existed at the start of the span
   * @throws SourceError of Prometheus
   */
  readPast(pick: (targets: NodeTarget[]) => NodeTarget | undefined, now: NodeTarget[], span: Span): Promise<HostPast>;
  /** @throws SourceError of Prometheus */
  readUse(serverIds: string[]): Promise<ServerLoad>;
};

export function openHostLoadReader(load: LoadReader, clock: () => number): HostLoadReader {
  return {
    async readPast(pick, now, { lengthMs, stepMs }) {
      const metrics = await load.metrics();
      const grid = gridUntil(clock(), lengthMs, stepMs);
      // A host that went down has no target now, but may have had one at the start of the span.
      const target = pick(now) ?? pick(await listNodeTargets(metrics, { at: grid.start }));
      if (!target) return { grid, points: emptyHistory(grid), found: false };
      const points = await listNodeHistory(metrics, target.labels, grid);
      return { grid, points, found: true };
    },
    async readUse(serverIds) {
      const metrics = await load.metrics();
      const use = await listServerUse(metrics, serverIds);
      return { source: metrics.exporters.servers[0]?.source ?? null, use: Object.fromEntries(use) };
    },
  };
}
