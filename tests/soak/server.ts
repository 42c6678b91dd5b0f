import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The production server as a separate process, with its logs and memory. */
export type Server = {
  url: string;
  /** Resident memory in bytes, sampled every five seconds after `sampleMemory`. */
  memory: number[];
  sampleMemory(): void;
  errors: string[];
  leaks: string[];
  lines(): number;
  ended(): boolean;
  /** Stops the server with SIGTERM and returns its exit code. */
  stop(): Promise<number | null>;
};

const SECRET = /gAAAA|"simulated"|password":|\bat \S+ \(/;

export async function startServer(port: number, settings: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, ['lib/server/start.mjs'], {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOSTNAME: '127.0.0.1', PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  const leaks: string[] = [];
  let lines = 0;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines++;
      if (/"level":"(error|fatal)"/.test(line) || !isLogLine(line)) errors.push(line);
      if (SECRET.test(line)) leaks.push(line);
    });
  }
  let code: number | null | undefined;
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', (status, signal) => {
      code = status ?? (signal === 'SIGTERM' ? 143 : null);
      resolve(code);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const memory: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  await untilReady(url, () => code !== undefined);
  return {
    url,
    memory,
    errors,
    leaks,
    sampleMemory() {
      timer = setInterval(() => memory.push(residentBytes(child.pid ?? 0)), 5_000);
    },
    lines: () => lines,
    ended: () => code !== undefined,
    async stop() {
      clearInterval(timer);
      child.kill('SIGTERM');
      return exit;
    },
  };
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (hasEnded()) throw new Error('The server exited before it was ready. Has it been built?');
    const ready = await fetch(`${url}/api/health/ready/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Gave up waiting for the server to be ready.');
}

function isLogLine(line: string): boolean {
  try {
    return typeof JSON.parse(line).level === 'string';
  } catch {
    return false;
  }
}

function residentBytes(pid: number): number {
  const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
