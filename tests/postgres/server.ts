import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { freePort } from '../redis/server';

/** A real PostgreSQL on loopback, in a folder of its own. */
export type PostgresServer = {
  url: string;
  stop(): void;
  start(): void;
  /** Leaves nothing in it. */
  empty(): Promise<void>;
  remove(): void;
};

/** Where Debian installs each version. */
const VERSIONS = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root, so root hands over to the account of Debian's package. */
const isRoot = process.getuid?.() === 0;

function run(program: string, args: string[]): string {
  const [version] = readdirSync(VERSIONS).sort().reverse();
  const command = path.join(VERSIONS, version ?? '', 'bin', program);
  return isRoot
    ? execFileSync('runuser', ['-u', 'postgres', '--', command, ...args], { encoding: 'utf8', cwd: '/' })
    : execFileSync(command, args, { encoding: 'utf8' });
}

export async function openPostgresServer(): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'visio-postgres-'));
  if (isRoot) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), -1);
  const data = path.join(folder, 'data');
  run('initdb', ['--pgdata', data, '--auth', 'trust', '--username', 'visio', '--no-sync', '--no-instructions']);
  const port = await freePort();
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories= -c fsync=off`;
  const server: PostgresServer = {
    url: `postgres://visio@127.0.0.1:${port}/postgres`,
    start: () =>
      run('pg_ctl', ['--pgdata', data, '--log', path.join(folder, 'log'), '--options', options, '--wait', 'start']),
    stop: () => run('pg_ctl', ['--pgdata', data, '--mode', 'immediate', 'stop']),
    async empty() {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      await client.query('drop schema public cascade; create schema public');
      await client.end();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  server.start();
  return server;
}
