import { MIB } from '../../lib/units';
import type { FaultPlan } from './fault-plan';
import type { Load } from './load';
import type { Server } from './server';

/**
 * Limits for the growth of the heap from the second quarter of the run to the last, and for resident memory. For the heap,
 * the smallest value in each quarter counts, which is just after a garbage collection. Growth of resident memory is not
 * limited, since it only shrinks under pressure.
 */
const MAX_GROWTH = 0.15;
const MAX_BYTES = 512 * MIB;

type Run = { minutes: number; hosts: number; server: Server; plan: FaultPlan; load: Load };

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const mebibytes = (bytes: number) => `${Math.round(bytes / MIB)} MiB`;
const quantile = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Prints the table and returns whether every promise was kept. */
export function report({ minutes, hosts, server, plan, load }: Run): boolean {
  const quarter = Math.floor(server.memory.length / 4);
  const early = mean(server.memory.slice(quarter, 2 * quarter));
  const late = mean(server.memory.slice(-Math.max(1, quarter)));
  const part = Math.floor(load.heap.length / 4);
  const heapEarly = Math.min(...load.heap.slice(part, 2 * part));
  const heapLate = Math.min(...load.heap.slice(-Math.max(1, part)));
  const growth = Number.isFinite(heapEarly) ? heapLate / heapEarly - 1 : 0;
  const peak = Math.max(...server.memory, 0);
  const all = [...load.statuses.values()].reduce((sum, count) => sum + count, 0);
  const statuses = [...load.statuses].sort().map(([status, count]) => `${status}: ${count}`);
  const rows: [string, string, boolean][] = [
    ['duration, hosts', `${minutes} min, ${hosts}`, true],
    ['faults, different kinds', `${plan.faults}, ${plan.kinds.size}`, plan.faults > 0],
    ['recoveries: too slow', `${plan.recoveries.length}: ${plan.missed.length}`, plan.missed.length === 0],
    [
      'time to recover: median, longest',
      `${(quantile(plan.recoveries, 0.5) / 1000).toFixed(1)} s, ${(quantile(plan.recoveries, 1) / 1000).toFixed(1)} s`,
      true,
    ],
    ['responses', `${all} (${statuses.join(', ')})`, true],
    [
      'response time: median, 99 %, longest',
      `${Math.round(quantile(load.took, 0.5))}, ${Math.round(quantile(load.took, 0.99))}, ${Math.round(load.slowest)} ms`,
      load.slowest <= 15_000,
    ],
    ['wrong responses', String(load.wrong.length), load.wrong.length === 0],
    [
      'memory: second quarter, last quarter, peak',
      `${mebibytes(early)}, ${mebibytes(late)}, ${mebibytes(peak)}`,
      peak < MAX_BYTES,
    ],
    ['smallest heap: second quarter, last quarter', `${mebibytes(heapEarly)}, ${mebibytes(heapLate)}`, true],
    ['heap growth', `${(growth * 100).toFixed(1)} %`, growth <= MAX_GROWTH],
    [
      'log lines: errors, secrets',
      `${server.lines()}: ${server.errors.length}, ${server.leaks.length}`,
      server.errors.length + server.leaks.length === 0,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value, ok] of rows) console.log(`${ok ? ' ' : '!'} ${name.padEnd(width)}  ${value}`);
  const details = [...plan.missed, ...load.wrong, ...server.errors, ...server.leaks];
  for (const line of details.slice(0, 40)) console.log(`! ${line.slice(0, 300)}`);
  return rows.every(([, , ok]) => ok);
}
