import type { FaultPlan } from './fault-plan';
import type { Load } from './load';
import type { Server } from './server';

/**
 * The most that what lives in the heap may grow from the second quarter of the time to the last, and what resident memory may be
 * at all. Of the heap the smallest value of a quarter counts, just after garbage was collected; resident memory grows as long as
 * nothing needs it.
 */
const MOST_GROWTH = 0.15;
const MOST_BYTES = 512 * 1024 * 1024;

type Run = { minutes: number; hosts: number; server: Server; plan: FaultPlan; load: Load };

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
const quantile = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Prints the table; whether every promise was kept. */
export function report({ minutes, hosts, server, plan, load }: Run): boolean {
  const quarter = Math.floor(server.memory.length / 4);
  const early = mean(server.memory.slice(quarter, 2 * quarter));
  const late = mean(server.memory.slice(-Math.max(1, quarter)));
  const part = Math.floor(load.heap.length / 4);
  const heapEarly = Math.min(...load.heap.slice(part, 2 * part));
  const heapLate = Math.min(...load.heap.slice(-Math.max(1, part)));
  const growth = Number.isFinite(heapEarly) ? heapLate / heapEarly - 1 : 0;
  const peak = Math.max(...server.memory, 0);
  const all = [...load.answers.values()].reduce((sum, count) => sum + count, 0);
  const statuses = [...load.answers].sort().map(([status, count]) => `${status}: ${count}`);
  const rows: [string, string, boolean][] = [
    ['time, hosts', `${minutes} min, ${hosts}`, true],
    ['faults, of different kinds', `${plan.faults}, ${plan.kinds.size}`, plan.faults > 0],
    ['recoveries: missed', `${plan.recoveries.length}: ${plan.missed.length}`, plan.missed.length === 0],
    [
      'time to recover: median, longest',
      `${(quantile(plan.recoveries, 0.5) / 1000).toFixed(1)} s, ${(quantile(plan.recoveries, 1) / 1000).toFixed(1)} s`,
      true,
    ],
    ['answers', `${all} (${statuses.join(', ')})`, true],
    [
      'time of answers: median, 99 %, longest',
      `${Math.round(quantile(load.took, 0.5))}, ${Math.round(quantile(load.took, 0.99))}, ${Math.round(load.slowest)} ms`,
      load.slowest <= 15_000,
    ],
    ['answers that were not right', String(load.wrong.length), load.wrong.length === 0],
    [
      'memory: second quarter, last quarter, peak',
      `${mebibytes(early)}, ${mebibytes(late)}, ${mebibytes(peak)}`,
      peak < MOST_BYTES,
    ],
    ['least heap: second quarter, last quarter', `${mebibytes(heapEarly)}, ${mebibytes(heapLate)}`, true],
    ['growth of the heap', `${(growth * 100).toFixed(1)} %`, growth <= MOST_GROWTH],
    [
      'lines in the log: errors, secrets',
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
