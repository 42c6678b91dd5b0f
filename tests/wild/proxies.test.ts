import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { parseEnv, proxiesOf } from '@/lib/env';
import { type HttpOptions, openHttp } from '@/lib/http';
import { openProxies } from '@/lib/proxies';

/** A cloud that is reached through a proxy only: real servers on loopback, and names that nothing resolves but the proxy. */

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../fixtures/tls', name), 'utf8');
const TLS = { key: pem('key.pem'), cert: pem('cert.pem') };
const NAME = 'keystone.public-cloud.example.net';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

/** A proxy that knows every name as this machine, and notes what it was asked for. */
async function serveProxy({ credentials }: { credentials?: string } = {}) {
  const asked: string[] = [];
  const isAllowed = ({ headers }: IncomingMessage) =>
    credentials === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((incoming, answer) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { port, pathname } = new URL(incoming.url ?? '');
    if (!isAllowed(incoming)) return void answer.writeHead(407).end();
    request({ host: '127.0.0.1', port, path: pathname, headers: incoming.headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500);
      found.pipe(answer);
    }).end();
  });
  server.on('connect', (incoming, socket, head) => {
    asked.push(`CONNECT ${incoming.url}`);
    socket.on('error', () => {});
    if (!isAllowed(incoming)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const target = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket);
      socket.pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('close', () => target.destroy());
  });
  return { asked, address: `127.0.0.1:${await listen(server)}` };
}

const ok: RequestListener = (_, response) => response.end('{"ok":true}');
const OK = { status: 200, text: '{"ok":true}' };

const open = (variables: Record<string, string>, more: Partial<HttpOptions> = {}) =>
  openHttp({
    source: 'keystone',
    timeoutMs: 5_000,
    maxBytes: 1_000,
    concurrency: 4,
    proxies: proxiesOf(parseEnv(variables)),
    ...more,
  });

describe('a cloud behind a proxy', () => {
  it('is reached over TLS through HTTPS_PROXY, with the same checks of certificates', async () => {
    const port = await listen(createTlsServer(TLS, ok));
    const proxy = await serveProxy();
    const variables = { HTTPS_PROXY: `http://${proxy.address}` };
    const named = `https://${NAME}:${port}/v3`;
    expect(await open(variables, { tls: { verify: false } }).send({ url: named })).toMatchObject(OK);
    expect(proxy.asked).toEqual([`CONNECT ${NAME}:${port}`]);
    await expect(open(variables).send({ url: named })).rejects.toMatchObject({
      message: expect.stringContaining('its certificate is self-signed and no CA'),
    });
    const listed = `https://127.0.0.1:${port}/v3`;
    expect(await open(variables, { tls: { ca: TLS.cert } }).send({ url: listed })).toMatchObject(OK);
  });

  it('gets the client certificate through the tunnel', async () => {
    const seen: boolean[] = [];
    const options = { ...TLS, ca: TLS.cert, requestCert: true, rejectUnauthorized: true };
    const server = createTlsServer(options, (incoming, answer) => {
      seen.push(incoming.socket instanceof TLSSocket && incoming.socket.authorized);
      answer.end('{"ok":true}');
    });
    const port = await listen(server);
    const proxy = await serveProxy();
    const http = open({ https_proxy: proxy.address }, { tls: { verify: false, cert: TLS.cert, key: TLS.key } });
    expect(await http.send({ url: `https://${NAME}:${port}/` })).toMatchObject(OK);
    expect(seen).toEqual([true]);
  });

  it('is asked for without a tunnel over plain HTTP, since proxies often allow none to its ports', async () => {
    const port = await listen(createServer(ok));
    const proxy = await serveProxy();
    const url = `http://${NAME}:${port}/v3/auth`;
    expect(await open({ http_proxy: `http://${proxy.address}` }).send({ url })).toMatchObject(OK);
    expect(await open({ ALL_PROXY: proxy.address }).send({ url })).toMatchObject(OK);
    expect(proxy.asked).toEqual([`GET ${url}`, `GET ${url}`]);
  });

  it('is asked directly where NO_PROXY says so', async () => {
    const port = await listen(createServer(ok));
    const proxy = await serveProxy();
    const url = `http://127.0.0.1:${port}/`;
    for (const NO_PROXY of ['127.0.0.1', 'localhost, 127.0.0.0/8', '*', `127.0.0.1:${port}`])
      expect(await open({ HTTP_PROXY: proxy.address, NO_PROXY }).send({ url })).toMatchObject(OK);
    expect(proxy.asked).toEqual([]);
  });

  it('is reached with the user and password of the proxy’s address; without them, the reason says so', async () => {
    const port = await listen(createTlsServer(TLS, ok));
    const plain = await listen(createServer(ok));
    const proxy = await serveProxy({ credentials: 'me:p@ss' });
    const tls = { verify: false };
    const known = { HTTPS_PROXY: `http://me:p%40ss@${proxy.address}`, HTTP_PROXY: `http://me:p%40ss@${proxy.address}` };
    expect(await open(known, { tls }).send({ url: `https://${NAME}:${port}/` })).toMatchObject(OK);
    expect(await open(known).send({ url: `http://${NAME}:${plain}/` })).toMatchObject(OK);
    await expect(
      open({ HTTPS_PROXY: proxy.address }, { tls }).send({ url: `https://${NAME}:${port}/` }),
    ).rejects.toMatchObject({
      kind: 'network',
      message: "Keystone can't be reached: the proxy rejects its credentials, or requires some.",
    });
  });

  it('says that the proxy can’t be reached, and not the cloud', async () => {
    const gone = createServer();
    const port = await listen(gone);
    gone.close();
    await expect(
      open({ HTTPS_PROXY: `127.0.0.1:${port}` }).send({ url: `https://${NAME}/v3?x=s3cret` }),
    ).rejects.toMatchObject({
      message: "Keystone's proxy can't be reached: the connection was refused.",
      tried: { address: `https://${NAME}/v3`, code: 'ECONNREFUSED' },
    });
  });
});

describe('the variables of proxies', () => {
  it('count in lower case first, even if empty, and need a proxy that speaks HTTP', () => {
    expect(proxiesOf(parseEnv({ https_proxy: 'a:1', HTTPS_PROXY: 'b:2' }))?.https).toBe('http://a:1');
    expect(proxiesOf(parseEnv({ https_proxy: '', HTTPS_PROXY: 'b:2' }))).toBeNull();
    expect(proxiesOf(parseEnv({ HTTPS_PROXY: 'b:2' }))?.http).toBeNull();
    for (const HTTPS_PROXY of ['socks5://s3cret:1080', 'http://[s3cret'])
      expect(() => parseEnv({ HTTPS_PROXY })).toThrow(/HTTPS_PROXY must be the http or https address/);
  });

  it.each([
    ['example.net', 'https://a.example.net', true],
    ['example.net', 'https://badexample.net', false],
    ['.example.net', 'https://example.net', true],
    ['*.EXAMPLE.net', 'https://a.example.net:5000', true],
    ['a.example.net:5000', 'https://a.example.net:5000', true],
    ['a.example.net:443', 'https://a.example.net', true],
    ['a.example.net:5000', 'https://a.example.net:8774', false],
    ['10.0.0.0/8', 'http://10.1.2.3:5000', true],
    ['10.0.0.0/8', 'http://11.1.2.3:5000', false],
    ['fd00::/8', 'http://[fd00::5]:5000', true],
    ['[::1]', 'http://[::1]:5000', true],
    ['*', 'http://anything', true],
    ['', 'http://anything', false],
  ])('NO_PROXY=%s asks %s directly: %s', (bypass, url, isDirect) => {
    const proxyFor = openProxies({ http: 'p', https: 'p', bypass: bypass === '' ? [] : [bypass] });
    expect(proxyFor(new URL(url)) === null).toBe(isDirect);
  });
});
