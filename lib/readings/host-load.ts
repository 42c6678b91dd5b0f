import { emptyHistory, gridUntil, listNodeHistory, type TimeGrid } from '@/lib/prometheus/node-history';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeHistoryPoint, NodeTarget, ServerUse, ServerUseSource } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';

/** CPU and RAM of one host over time. */
export type HostPast = { grid: TimeGrid; moments: NodeHistoryPoint[]; found: boolean };

/** Use of the VMs of one host, by their id; `source` is null where no exporter tells of single VMs. */
export type ServerLoad = { source: ServerUseSource | null; use: Record<string, ServerUse> };

export type Span = { lengthMs: number; stepMs: number };

export type HostLoadReader = {
  /**
   * @param pick the target that speaks for the host, of those there are now, or were when the span began
   * @throws SourceError of Prometheus
   */
  readPast(pick: (targets: NodeTarget[]) => NodeTarget | undefined, now: NodeTarget[], span: Span): Promise<HostPast>;
  /** @throws SourceError of Prometheus */
  readUse(serverIds: string[]): Promise<ServerLoad>;
};

export function openHostLoadReader(
  { prometheus, settings, exporters }: LoadReader,
  clock: () => number,
): HostLoadReader {
  return {
    async readPast(pick, now, { lengthMs, stepMs }) {
      const set = await exporters();
      const grid = gridUntil(clock(), lengthMs, stepMs);
      // A host that went down is no target any more; when the span began it may have been one.
      const target = pick(now) ?? pick(await listNodeTargets(prometheus, settings, set, { at: grid.start }));
      if (!target) return { grid, moments: emptyHistory(grid), found: false };
      const moments = await listNodeHistory(prometheus, settings, set, target.labels, grid);
      return { grid, moments, found: true };
    },
    async readUse(serverIds) {
      const set = await exporters();
      const use = await listServerUse(prometheus, settings, set, serverIds);
      return { source: set.servers, use: Object.fromEntries(use) };
    },
  };
}
