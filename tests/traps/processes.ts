import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openPrometheus, type Prometheus } from '@/lib/prometheus/client';

/** A real Prometheus and the script that emulates a fleet of exporters, as child processes on loopback. */

const run = promisify(execFile);

/** Returns a program's output. @throws if it fails */
export const outputOf = async (program: string, ...options: string[]): Promise<string> =>
  (await run(program, options, { maxBuffer: 1e9 })).stdout;

export function emitScript(): string {
  const script = process.env.EMIT_METRICS;
  if (!script) throw new Error('Set EMIT_METRICS to the Python script that emulates a fleet of exporters.');
  return script;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

export const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Checks twice a second, for up to two minutes. */
export async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 240; i++) {
    if (await check().catch(() => false)) return;
    await seconds(0.5);
  }
  throw new Error(`gave up waiting for ${what}`);
}

export function begin(program: string, ...options: string[]): ChildProcess {
  return spawn(program, options, { stdio: 'ignore' });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

type RealPrometheus = {
  prometheus: Prometheus;
  folder: string;
  /** Replaces the configuration. */
  configure(config: string): Promise<void>;
  close(): Promise<void>;
};

/** @param blocks OpenMetrics text with data from the past */
export async function openRealPrometheus(config: string, blocks?: string): Promise<RealPrometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'traps-'));
  const file = path.join(folder, 'prometheus.yml');
  await writeFile(file, config);
  if (blocks !== undefined) {
    await writeFile(path.join(folder, 'blocks.txt'), blocks);
    await outputOf('promtool', 'tsdb', 'create-blocks-from', 'openmetrics', `${folder}/blocks.txt`, `${folder}/data`);
  }
  const port = await freePort();
  const child = begin(
    'prometheus',
    `--config.file=${file}`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  );
  const prometheus = openPrometheus({
    url: `http://127.0.0.1:${port}`,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 20_000,
    maxBytes: 1e8,
    concurrency: 4,
  });
  await until('Prometheus', async () => {
    await prometheus.probe({ timeoutMs: 1_000 });
    return true;
  });
  return {
    prometheus,
    folder,
    async configure(other) {
      await writeFile(file, other);
      child.kill('SIGHUP');
    },
    async close() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
