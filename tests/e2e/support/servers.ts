import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

/** The simulated cloud and the production server as separate processes on free loopback ports. */

const ROOT = path.resolve(import.meta.dirname, '../../..');

export type Service = 'keystone' | 'nova' | 'placement' | 'watcher' | 'prometheus';
export type Fault = {
  status?: number;
  delayMs?: number;
  hang?: boolean;
  reset?: boolean;
  lose?: boolean;
  writes?: boolean;
  times?: number;
};

export type CloudServer = {
  url: string;
  break(service: Service, fault: Fault): Promise<void>;
  repair(service: Service): Promise<void>;
  /** Sets a control of the simulation, for example `appliers` to 0; returns its answer. */
  set(control: string, value: unknown): Promise<unknown>;
  /** Deletes what a control stands for, for example a VM. */
  remove(control: string): Promise<void>;
  stop(): Promise<void>;
};

export type AppServer = { url: string; output(): string; stop(): Promise<void> };

type Started = { child: ChildProcess; output: () => string; stop: () => Promise<void> };

function start(args: string[], env: Record<string, string> = {}, folder = ''): Started {
  // Settings of the machine must not affect the tests.
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(OS_|PROMETHEUS_|METRICS_|MOCK_|USE_MOCK|REDIS|DASHBOARD_|NODE_OPTIONS)/.test(name),
    ),
  );
  const child = spawn(process.execPath, args, {
    cwd: path.resolve(ROOT, folder),
    env: { NODE_ENV: 'production', ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      output += text;
    });
  }
  return {
    child,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Repeats a check until it returns something; throws if the process exits or time runs out. */
async function until<T>(what: string, { child, output }: Started, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not start:\n${output()}`);
}

/** Options of the simulation. */
export type CloudOptions = {
  hosts: number;
  servers?: number;
  audits?: number;
  seed?: number;
  release?: string;
  /** How long a move takes. */
  seconds?: number;
  /** Plans that run or wait at the start go on. */
  lively?: boolean;
};

export async function startCloud(given: CloudOptions): Promise<CloudServer> {
  const options = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
  const started = start(['--import', 'tsx', 'lib/simulation/main.ts', '--port', '0', ...options]);
  const url = await until(
    'The simulated cloud',
    started,
    async () => /OS_AUTH_URL=(\S+)\/identity\/v3/.exec(started.output())?.[1],
  );
  const control = async (path: string, method: string, value?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_sim/${path}`, { method, body: JSON.stringify(value) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return {
    url,
    async break(service, fault) {
      await control(`faults/${service}`, 'PUT', fault);
    },
    async repair(service) {
      await control(`faults/${service}`, 'DELETE');
    },
    set: (path, value) => control(path, 'PUT', value),
    async remove(path) {
      await control(path, 'DELETE');
    },
    stop: started.stop,
  };
}

export const cloudVariables = (cloudUrl: string): Record<string, string> => ({
  OS_AUTH_URL: `${cloudUrl}/identity/v3`,
  OS_USERNAME: 'visio',
  OS_PASSWORD: 'simulated',
  OS_PROJECT_NAME: 'admin',
  PROMETHEUS_URL: `${cloudUrl}/prometheus`,
});

/** Starts the build as `npm start` does, and waits until it responds. */
export const startApp = (variables: Record<string, string>, folder?: string): Promise<AppServer> =>
  startServer(() => ['lib/server/start.mjs'], { ready: '/api/v1/overview/', variables, folder });

type ServerOptions = {
  /** A path that responds once the server is up. */
  ready: string;
  variables?: Record<string, string>;
  /** Working directory: absolute, or relative to the repository. */
  folder?: string;
};

export async function startServer(
  args: (port: number) => string[],
  { ready, variables = {}, folder = '' }: ServerOptions,
): Promise<AppServer> {
  const port = await freePort();
  const started = start(args(port), { ...variables, PORT: String(port), HOSTNAME: '127.0.0.1' }, folder);
  const url = `http://127.0.0.1:${port}`;
  await until('The server', started, async () => {
    const response = await fetch(`${url}${ready}`);
    // With AUTH, 401 also shows that the server is up.
    return response.ok || response.status === 401 ? response : undefined;
  });
  return { url, output: started.output, stop: started.stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
