import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpOptions, openHttp } from '@/lib/http';

/** Against real servers on loopback. */

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

describe('TLS', () => {
  it('refuses a certificate that nobody vouches for, and says why', async () => {
    const url = await serve(ok, {});
    await expect(open().send({ url })).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringMatching(/self-signed/),
    });
  });

  it('takes it with its CA, or when told not to look', async () => {
    const url = await serve(ok, {});
    for (const tls of [{ ca: TLS.cert }, { verify: false }]) {
      expect(await open({ tls }).send({ url })).toMatchObject({ status: 200, text: '{"ok":true}' });
    }
  });

  it('shows a client certificate where one is asked for', async () => {
    const url = await serve(ok, { requestCert: true, rejectUnauthorized: true, ca: TLS.cert });
    await expect(open({ tls: { ca: TLS.cert } }).send({ url })).rejects.toMatchObject({ kind: 'network' });
    const tls = { ca: TLS.cert, cert: TLS.cert, key: TLS.key };
    expect((await open({ tls }).send({ url })).status).toBe(200);
  });
});

describe('a request', () => {
  it('ends when its time is over, also in the middle of the answer', async () => {
    const silent = await serve(() => {});
    const halting = await serve((_, response) => {
      response.writeHead(200);
      response.write('{"a":');
    });
    for (const url of [silent, halting]) {
      await expect(open({ timeoutMs: 50 }).send({ url })).rejects.toMatchObject({
        kind: 'timeout',
        message: 'Nova did not answer within 0.05 s.',
      });
    }
  });

  it('is tried once more after a broken connection, if it changes nothing', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      if (++asked % 2 === 1) request.socket.destroy();
      else ok(request, response);
    });
    expect((await open().send({ url })).status).toBe(200);
    expect(asked).toBe(2);
    await expect(open().send({ url, method: 'POST', body: '{}' })).rejects.toMatchObject({ kind: 'network' });
    expect(asked).toBe(3);
  });

  it('takes no more than it may', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(2_000)));
    await expect(open().send({ url })).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('follows a redirect on its own origin, not in a circle, and none to another', async () => {
    const elsewhere = await serve(ok);
    const url = await serve((request, response) => {
      const to: Record<string, string> = { '/old': '/new', '/circle': '/circle', '/away': elsewhere };
      const location = to[request.url ?? ''];
      if (location) response.writeHead(302, { location }).end();
      else ok(request, response);
    });
    expect((await open().send({ url: `${url}/old` })).status).toBe(200);
    await expect(open().send({ url: `${url}/circle` })).rejects.toMatchObject({ kind: 'redirect' });
    await expect(open().send({ url: `${url}/away` })).rejects.toMatchObject({ kind: 'redirect' });
  });

  it('waits while as many as allowed are under way', async () => {
    let under = 0;
    let most = 0;
    const url = await serve((request, response) => {
      most = Math.max(most, ++under);
      setTimeout(() => {
        under--;
        ok(request, response);
      }, 20);
    });
    const http = open({ concurrency: 2 });
    await Promise.all(Array.from({ length: 8 }, () => http.send({ url })));
    expect(most).toBe(2);
  });
});

describe('a service that asks for a pause', () => {
  const busy = (retryAfter: string) => {
    let asked = 0;
    const handler: RequestListener = (_, response) => {
      asked++;
      if (asked === 1) response.writeHead(429, { 'retry-after': retryAfter });
      response.end('{}');
    };
    return { handler, asked: () => asked };
  };

  it('is asked again after a short one', async () => {
    const { handler, asked } = busy('0.01');
    const url = await serve(handler);
    expect((await open().send({ url })).status).toBe(200);
    expect(asked()).toBe(2);
  });

  it('is left alone for a longer one', async () => {
    const { handler, asked } = busy('60');
    const url = await serve(handler);
    const http = open();
    expect((await http.send({ url })).status).toBe(429);
    await expect(http.send({ url })).rejects.toMatchObject({
      kind: 'http',
      status: 429,
      message: 'Nova asked for a pause: it has too much to do.',
    });
    expect(asked()).toBe(1);
  });
});

describe('what is told of a request', () => {
  it('is what came of it and how long it took, and nothing secret', async () => {
    const url = await serve((_, response) => {
      response.setHeader('x-openstack-request-id', 'req-1');
      response.end('{}');
    });
    const told: unknown[] = [];
    const http = open({ observe: (attempt) => told.push(attempt) });
    await http.send({ url: `${url}/servers?name=s3cret`, headers: { 'x-auth-token': 's3cret' } });
    await expect(http.send({ url: 'http://127.0.0.1:1/servers' })).rejects.toThrow();
    expect(told).toEqual([
      {
        source: 'nova',
        method: 'GET',
        path: '/servers',
        status: 200,
        failure: null,
        ms: expect.any(Number),
        upstreamId: 'req-1',
      },
      // A broken connection is tried once more.
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
