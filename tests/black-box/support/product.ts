import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, inject } from 'vitest';
import { freePort } from '../../redis/server';

/** A server of the build that is tested, as a process of its own. */
export type Product = {
  /** With the base path of the build. */
  url: string;
  port: number;
  /** The objects that its log has so far. */
  log: Record<string, unknown>[];
  /** Resident memory, and the most that it was since the start or since `forgetPeak`, in bytes. */
  memory(): number;
  peakMemory(): number;
  forgetPeak(): void;
  /** Stops it with SIGTERM. */
  stop(): Promise<void>;
};

/** A secret for sessions that a restart and replicas keep. */
export const SECRET = 'Zq8vT3nW5yB7kM2pX9cR4jL6hF1dS0gA';

const started = new Set<ChildProcess>();
afterAll(async () => {
  await Promise.all([...started].map(end));
});

async function end(child: ChildProcess): Promise<void> {
  started.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function launch(port: number, settings: Record<string, string>, folder = inject('build')): ChildProcess {
  const child = spawn(process.execPath, ['lib/server/start.mjs'], {
    cwd: folder,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOSTNAME: '127.0.0.1', PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  return child;
}

/** @param folder where the build is, if it is not the one that is tested */
export async function startProduct(settings: Record<string, string>, folder?: string): Promise<Product> {
  const port = await freePort();
  const child = launch(port, settings, folder);
  const log: Record<string, unknown>[] = [];
  const plain: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => keep(line, log, plain));
  }
  const url = `http://127.0.0.1:${port}${basePathOf(folder ?? inject('build'))}`;
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${plain.join('\n')}`);
    const ready = await fetch(`${url}/api/health/ready/`).catch(() => null);
    if (ready?.ok) return { url, port, log, ...memoryOf(child.pid ?? 0), stop: () => end(child) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Gave up waiting for the server to be ready.');
}

/** The path that the build in a folder is for: such as /visio, or empty. */
export function basePathOf(folder: string): string {
  const manifest = path.join(folder, '.next/standalone/.next/routes-manifest.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).basePath;
}

function keep(line: string, log: Record<string, unknown>[], plain: string[]): void {
  try {
    log.push(JSON.parse(line));
  } catch {
    plain.push(line);
  }
}

/** Starts a server that is expected to refuse its settings. `code`: null if it is still running after `ms`. */
export async function refusedStart(settings: Record<string, string>, ms = 20_000) {
  const child = launch(await freePort(), settings);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms).unref());
  const code = await Promise.race([ended, late]);
  await end(child);
  return { code, output };
}

/** https://docs.kernel.org/filesystems/proc.html: VmRSS, VmHWM, clear_refs */
function memoryOf(pid: number) {
  const read = (name: string) => {
    const [, kibibytes] = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) * 1_024;
  };
  return {
    memory: () => read('VmRSS'),
    peakMemory: () => read('VmHWM'),
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, '5'),
  };
}
