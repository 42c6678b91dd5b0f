import type { Reply, ServiceName } from './wire';

/**
 * Response times of real services, for benchmarks: ms per request and per row of the response. Nova, Watcher and Keystone
 * were measured on a small cloud with one worker each and scaled to a typical controller (Nova: 150 ms for a page of 1,000
 * VMs). Prometheus takes about a second for a thousand hosts.
 */
const REALISTIC: Record<ServiceName, { request: number; row: number }> = {
  keystone: { request: 300, row: 0 },
  nova: { request: 30, row: 0.12 },
  placement: { request: 30, row: 0.05 },
  watcher: { request: 25, row: 4 },
  prometheus: { request: 20, row: 0.1 },
};

export type Delays = (service: ServiceName, reply: Reply) => number;

export const realisticDelays: Delays = (service, reply) => {
  const { request, row } = REALISTIC[service];
  return request + row * rowsOf(reply.body);
};

/** Length of the longest list at the top two levels of a response. */
function rowsOf(body: unknown): number {
  if (typeof body !== 'object' || body === null) return 0;
  const parts = Object.values(body);
  const below = parts.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  const lists = [...parts, ...below].filter((part): part is unknown[] => Array.isArray(part));
  return Math.max(0, ...lists.map(({ length }) => length));
}
