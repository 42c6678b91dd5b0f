import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { freePort, isListening } from '../../redis/server';

export const hasNginx = spawnSync('nginx', ['-v']).error === undefined;

/** Runs a configuration of docs/deploy with a certificate of its own. @param upstreams by the address in the file */
export async function startNginx(configuration: string, upstreams: Record<string, number>): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'visio-nginx-'));
  const port = await freePort();
  const [certificate, key] = [path.join(folder, 'tls.crt'), path.join(folder, 'tls.key')];
  const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', [...options, '-keyout', key, '-out', certificate], { stdio: 'ignore' });

  let text = readFileSync(path.join('docs/deploy', configuration), 'utf8');
  const replace = (from: string, to: string) => {
    if (!text.includes(from)) throw new Error(`${configuration} has no ${from}`);
    text = text.replaceAll(from, to);
  };
  replace(' /tmp/', ` ${folder}/`);
  replace('listen 8443 ssl', `listen 127.0.0.1:${port} ssl`);
  replace('/run/secrets/tls.crt', certificate);
  replace('/run/secrets/tls.key', key);
  replace('worker_processes auto', 'worker_processes 1');
  replace('access_log /dev/stdout', 'access_log off');
  replace('error_log /dev/stderr', `error_log ${folder}/error.log`);
  for (const [address, to] of Object.entries(upstreams)) replace(`server ${address}`, `server 127.0.0.1:${to}`);
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(file, text);

  const child = spawn('nginx', ['-c', file, '-p', folder, '-e', path.join(folder, 'error.log'), '-g', 'daemon off;'], {
    stdio: 'ignore',
  });
  afterAll(async () => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null)
      throw new Error(`nginx ended with ${child.exitCode}: ${readFileSync(path.join(folder, 'error.log'), 'utf8')}`);
    if (await isListening(port)) return port;
    await sleep(50);
  }
  throw new Error('nginx does not listen.');
}
