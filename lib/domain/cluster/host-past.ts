import type { HostHistory } from '@/lib/contract/v1/hosts';
import type { NodeHistoryPoint } from '@/lib/prometheus/records';
import { percent } from './capacity';

/** CPU and RAM in percent over time; null if unknown. */
export function describePast(points: NodeHistoryPoint[]): HostHistory['points'] {
  return points.map(({ at, idleShare, memoryTotalBytes: total, memoryAvailableBytes: available }) => ({
    at,
    cpu_percentage: idleShare === null ? null : 100 * (1 - idleShare),
    ram_percentage: total === null || available === null ? null : percent(total - available, total),
  }));
}
