import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpOptions, openHttp } from '@/lib/http';

/** Runs against real servers on loopback. */

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures/tls', name), 'utf8');
const TLS = { key: pem('key.pem'), cert: pem('cert.pem') };

const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

async function serve(handler: RequestListener, tls?: object): Promise<string> {
  const server = tls ? createTlsServer({ ...TLS, ...tls }, handler) : createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http${tls ? 's' : ''}://127.0.0.1:${port}`;
}

const open = (more: Partial<HttpOptions> = {}) =>
  openHttp({ source: 'nova', timeoutMs: 5_000, maxBytes: 1_000, concurrency: 4, ...more });

const ok: RequestListener = (_, response) => response.end('{"ok":true}');

describe('openHttp with TLS', () => {
  it('rejects an untrusted certificate and gives the reason', async () => {
    const url = await serve(ok, {});
    await expect(open().send({ url })).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringMatching(/self-signed/),
    });
  });

  it('accepts a self-signed certificate with its CA or when verification is off', async () => {
    const url = await serve(ok, {});
    for (const tls of [{ ca: TLS.cert }, { verify: false }]) {
      expect(await open({ tls }).send({ url })).toMatchObject({ status: 200, text: '{"ok":true}' });
    }
  });

  it('presents a client certificate when the server requires one', async () => {
    const url = await serve(ok, { requestCert: true, rejectUnauthorized: true, ca: TLS.cert });
    await expect(open({ tls: { ca: TLS.cert } }).send({ url })).rejects.toMatchObject({ kind: 'network' });
    const tls = { ca: TLS.cert, cert: TLS.cert, key: TLS.key };
    expect((await open({ tls }).send({ url })).status).toBe(200);
  });
});

describe('openHttp', () => {
  it('times out before the response and in the middle of it', async () => {
    const silent = await serve(() => {});
    const stalled = await serve((_, response) => {
      response.writeHead(200);
      response.write('{"a":');
    });
    for (const url of [silent, stalled]) {
      await expect(open({ timeoutMs: 50 }).send({ url })).rejects.toMatchObject({
        kind: 'timeout',
        message: 'Nova did not answer within 0.05 s.',
      });
    }
  });

  it('retries a GET once after a broken connection, but never a POST', async () => {
    let requests = 0;
    const url = await serve((request, response) => {
      if (++requests % 2 === 1) request.socket.destroy();
      else ok(request, response);
    });
    expect((await open().send({ url })).status).toBe(200);
    expect(requests).toBe(2);
    const write = { url, method: 'POST', body: '{}' } as const;
    await expect(open({ mayWrite: true }).send(write)).rejects.toMatchObject({ kind: 'network' });
    expect(requests).toBe(3);
  });

  it('sends nothing that could change a service, unless it was opened for that', async () => {
    let requests = 0;
    const url = await serve((request, response) => {
      requests++;
      ok(request, response);
    });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      await expect(open().send({ url, method })).rejects.toThrow(`A reader tried to send ${method} to nova.`);
    expect(requests).toBe(0);
    expect((await open({ mayWrite: true }).send({ url, method: 'DELETE' })).status).toBe(200);
  });

  it('asks Keystone and Prometheus by POST, and sends them nothing else', async () => {
    const url = await serve(ok);
    for (const source of ['keystone', 'prometheus'] as const) {
      expect((await open({ source }).send({ url, method: 'POST' })).status).toBe(200);
      await expect(open({ source }).send({ url, method: 'DELETE' })).rejects.toThrow('A reader tried');
    }
  });

  it('rejects a response over the size limit', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(2_000)));
    await expect(open().send({ url })).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('follows redirects within the origin, but no loops and none to another origin', async () => {
    const elsewhere = await serve(ok);
    const url = await serve((request, response) => {
      const to: Record<string, string> = { '/old': '/new', '/loop': '/loop', '/away': elsewhere };
      const location = to[request.url ?? ''];
      if (location) response.writeHead(302, { location }).end();
      else ok(request, response);
    });
    expect((await open().send({ url: `${url}/old` })).status).toBe(200);
    await expect(open().send({ url: `${url}/loop` })).rejects.toMatchObject({ kind: 'redirect' });
    await expect(open().send({ url: `${url}/away` })).rejects.toMatchObject({ kind: 'redirect' });
  });

  it('never has more requests in flight than its concurrency', async () => {
    let inFlight = 0;
    let highest = 0;
    const url = await serve((request, response) => {
      highest = Math.max(highest, ++inFlight);
      setTimeout(() => {
        inFlight--;
        ok(request, response);
      }, 20);
    });
    const http = open({ concurrency: 2 });
    await Promise.all(Array.from({ length: 8 }, () => http.send({ url })));
    expect(highest).toBe(2);
  });
});

describe('openHttp after 429 with Retry-After', () => {
  const busy = (retryAfter: string) => {
    let count = 0;
    const handler: RequestListener = (_, response) => {
      count++;
      if (count === 1) response.writeHead(429, { 'retry-after': retryAfter });
      response.end('{}');
    };
    return { handler, requests: () => count };
  };

  it('waits out a short pause and retries', async () => {
    const { handler, requests } = busy('0.01');
    const url = await serve(handler);
    expect((await open().send({ url })).status).toBe(200);
    expect(requests()).toBe(2);
  });

  it('sends nothing during a longer pause and fails with 429', async () => {
    const { handler, requests } = busy('60');
    const url = await serve(handler);
    const http = open();
    expect((await http.send({ url })).status).toBe(429);
    await expect(http.send({ url })).rejects.toMatchObject({
      kind: 'http',
      status: 429,
      message: 'Nova asked us to slow down.',
    });
    expect(requests()).toBe(1);
  });
});

describe('an observer of openHttp', () => {
  it('receives the outcome and duration of every attempt, without secrets', async () => {
    const url = await serve((_, response) => {
      response.setHeader('x-openstack-request-id', 'req-1');
      response.end('{}');
    });
    const attempts: unknown[] = [];
    const http = open({ observe: (attempt) => attempts.push(attempt) });
    await http.send({ url: `${url}/servers?name=s3cret`, headers: { 'x-auth-token': 's3cret' } });
    await expect(http.send({ url: 'http://127.0.0.1:1/servers' })).rejects.toThrow();
    expect(attempts).toEqual([
      {
        source: 'nova',
        method: 'GET',
        path: '/servers',
        status: 200,
        failure: null,
        ms: expect.any(Number),
        upstreamId: 'req-1',
      },
      // A broken connection is retried once.
      ...Array(2).fill({
        source: 'nova',
        method: 'GET',
        path: '/servers',
        status: null,
        failure: 'network',
        ms: expect.any(Number),
        upstreamId: null,
      }),
    ]);
  });
});
