import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tls } from '@/lib/connections';
import { listServers } from '@/lib/openstack/nova';
import { openSession } from '@/lib/openstack/session';
import { cloudSettings, recording } from './recorded-cloud';

/** A cloud on loopback with a self-signed certificate; it records whether the client presented one. */

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../fixtures/openstack/tls', name), 'utf8');
const cert = pem('loopback.pem');
const key = pem('loopback-key.pem');

const clients: boolean[] = [];
const server = createServer(
  { cert, key, ca: cert, requestCert: true, rejectUnauthorized: false },
  (request, answer) => {
    // Not `authorized`, which is also true for a resumed session of a client without a certificate.
    clients.push(
      request.socket instanceof TLSSocket && request.socket.getPeerCertificate().fingerprint256 !== undefined,
    );
    const bodies: Record<string, unknown> = {
      '/v3/auth/tokens': recording('keystone-auth-password-project'),
      '/v2.1/': recording('discovery-nova-v2.1'),
    };
    const isLogin = request.method === 'POST';
    answer.writeHead(isLogin ? 201 : 200, isLogin ? { 'x-subject-token': 't' } : {});
    answer.end(JSON.stringify(bodies[request.url ?? ''] ?? { servers: [] }));
  },
);

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function read(tls: Tls | undefined) {
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  const cloud = { ...cloudSettings(), authUrl: `${url}/v3`, tls, services: { compute: { endpoint: `${url}/v2.1` } } };
  return listServers(openSession(cloud, { timeoutMs: 5_000, maxBytes: 100_000, concurrency: 2 }));
}

describe('a cloud with a self-signed certificate', () => {
  it('rejects a self-signed certificate by default and gives the reason', async () => {
    await expect(read(undefined)).rejects.toMatchObject({
      kind: 'network',
      message: "Keystone can't be reached: its certificate is self-signed and no CA for it is configured.",
    });
  });

  it('reads a self-signed cloud with its CA, or without it if verification is off', async () => {
    expect(await read({ ca: cert })).toEqual([]);
    expect(await read({ verify: false })).toEqual([]);
  });

  it('presents the client certificate if one is configured', async () => {
    clients.length = 0;
    await read({ ca: cert });
    expect(clients).toEqual([false, false, false]);
    clients.length = 0;
    await read({ ca: cert, cert, key });
    expect(clients).toEqual([true, true, true]);
  });
});
