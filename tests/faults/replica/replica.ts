import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { ACT_ENDPOINTS, type ActEndpointName } from '@/lib/contract/act-endpoints';
import type { Sent } from '../../routes/acting';

/** A process that does acts, for tests that kill it or run two of them. */

export type Asked = {
  id: number;
  /** `keep`: looks after the journal. `carry`: carries careful runs on. */
  name: ActEndpointName | 'keep' | 'carry';
  url: string;
  headers: Record<string, string>;
  params: Record<string, string>;
  body: string;
  /** The time there, ms; as it passes if absent. */
  now?: number;
};
/** `cookie`: what it sets. */
export type Replied = { id: number; status: number; text: string; cookie?: string };

type Given = {
  params: Record<string, string>;
  body: unknown;
  headers: Record<string, string>;
  key: string;
  now?: number;
};

export type Replica = {
  /** null if the process has died instead of answering. */
  send(name: ActEndpointName, given: Given): Promise<(Pick<Sent, 'status' | 'body'> & { cookie?: string }) | null>;
  /** Finds out what became of acts. */
  keep(now?: number): Promise<void>;
  /** Carries careful runs on, once. */
  carry(now?: number): Promise<void>;
  /** `kill -9` or another signal. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  hasDied(): Promise<void>;
};

const CHILD = path.join(import.meta.dirname, 'child.ts');

/** @param settings of the server; `DIE_AFTER` for what its store has done when it kills itself */
export async function startReplica(settings: Record<string, string>): Promise<Replica> {
  const child = fork(CHILD, [], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    // An empty NEXT_RUNTIME lets `unstable_cache` work without Next's server.
    env: { NODE_ENV: 'test', PATH: process.env.PATH, NEXT_RUNTIME: '', LOG_LEVEL: 'fatal', ...settings },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const died = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The process ended with ${code} before it was ready.`)));
  });
  let asked = 0;
  const ask = (question: Omit<Asked, 'id'>): Promise<Replied | null> => {
    if (!child.connected) return Promise.resolve(null);
    const id = ++asked;
    child.send({ ...question, id });
    return Promise.race([replyTo(child, id), died.then(() => null)]);
  };
  return {
    async send(name, { params, body, headers, key, now }) {
      const address = ACT_ENDPOINTS[name].path.replace(/\{(\w+)\}/g, (_, param: string) => params[param] ?? '');
      const replied = await ask({
        name,
        url: `http://visio.test${address}`,
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
        params,
        body: JSON.stringify(body),
        now,
      });
      return replied && { status: replied.status, body: JSON.parse(replied.text), cookie: replied.cookie };
    },
    async keep(now) {
      await ask({ ...NOTHING, name: 'keep', now });
    },
    async carry(now) {
      await ask({ ...NOTHING, name: 'carry', now });
    },
    signal: (signal) => void child.kill(signal),
    hasDied: () => died,
  };
}

const NOTHING = { url: '', headers: {}, params: {}, body: '' };

const replyTo = (child: ChildProcess, id: number): Promise<Replied> =>
  new Promise((resolve) => {
    const listen = (replied: Replied) => {
      if (replied.id !== id) return;
      child.off('message', listen);
      resolve(replied);
    };
    child.on('message', listen);
  });
