import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';

/** The processes of the benchmark. */

export const ROOT = path.resolve(import.meta.dirname, '../../..');
const started: ChildProcess[] = [];

export function start(command: string, args: string[], variables: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  started.push(child);
  return child;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export const stopAll = () => Promise.all(started.map(stop));

/** Low priority for the simulated cloud, which in reality runs on other machines. */
const LOW_PRIORITY = 15;

/** @param size and whether it answers as slowly as a real cloud */
export function startSimulation(size: Size, port: number, { slow = true } = {}): ChildProcess {
  const child = start('node', [
    '--import',
    'tsx',
    'lib/simulation/main.ts',
    ...(slow ? ['--delays'] : []),
    ...['--hosts', String(size.hosts)],
    ...['--servers', String(size.servers)],
    ...['--audits', String(size.audits)],
    ...['--port', String(port)],
  ]);
  if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
  return child;
}

export type Size = { hosts: number; servers: number; audits: number };

/** CPU time of a process so far, in µs, from a clock of 100 ticks per second. */
export function cpuMicros({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Current and maximum memory of a process, MB. */
export function memory({ pid }: ChildProcess): { now: number; max: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: read('VmRSS'), max: read('VmHWM') };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Repeats a request until the response is ready, and returns the time it took in ms. */
export async function until(url: string, isReady: (response: Response) => boolean, maxMs = 600_000): Promise<number> {
  const begin = performance.now();
  for (;;) {
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (isReady(response)) return performance.now() - begin;
    } catch {
      // Not listening yet.
    }
    if (performance.now() - begin > maxMs) throw new Error(`gave up waiting for ${url}`);
    await pause(200);
  }
}
