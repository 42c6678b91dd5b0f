import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { http, passthrough } from 'msw';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ANSWERS } from '@/lib/dashboard/answers';
import { serveLive } from '@/lib/dashboard/http/health';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { serveUnknownPath } from '@/lib/dashboard/http/serve';
import { serveSignIn, serveSignOut } from '@/lib/dashboard/http/sign-in';
import '@/lib/server/server-front.mjs';
import { requestHook } from '@/lib/server/request-hook';
import { type Answered, type Asked, ask, sendText } from '../black-box/support/ask';
import type { ServedCloud } from '../routes/served-cloud';

/**
 * The front of the production server with the routes behind it, and no build: what strangers send passes everything that it
 * would pass there except Next. Pages are an empty answer.
 */

const ROUTES: Record<string, (request: Request) => Response | Promise<Response>> = {
  '/api/stats/': (request) => ANSWERS.stats(request, { params: Promise.resolve({}) }),
  '/api/audits/': (request) => ANSWERS.audits(request, { params: Promise.resolve({}) }),
  '/api/sign-in/': serveSignIn,
  '/api/sign-out/': serveSignOut,
  '/api/health/live/': serveLive,
  '/api/metrics/': serveMetrics,
};

export type FrontServer = {
  port(): number;
  /** The requests that reached Next. */
  passed: IncomingMessage[];
  ask(path: string, asked?: Asked): Promise<Answered>;
  /** Sends text as it is, and returns what comes back until the server closes or `ms` have passed. */
  sendText(text: string, ms?: number): Promise<{ text: string; closed: boolean }>;
};

export function frontServer(served: ServedCloud): FrontServer {
  const passed: IncomingMessage[] = [];
  let server: Server;
  const port = () => (server.address() as AddressInfo).port;

  async function next(request: IncomingMessage, response: ServerResponse): Promise<void> {
    passed.push(request);
    const { url = '', method = 'GET' } = request;
    const { pathname } = new URL(url, 'http://visio.test');
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const asked = new Request(`http://visio.test${url}`, {
      method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
    });
    const route = ROUTES[pathname] ?? (pathname.startsWith('/api/') ? serveUnknownPath : () => new Response(''));
    const answer = await route(asked);
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }

  beforeAll(async () => {
    // The front replaces this function, which Next takes from here.
    server = createRequire(import.meta.url)('node:http').createServer(next);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    Reflect.set(globalThis, Symbol.for('watcher-visio.request-hook'), requestHook);
    passed.length = 0;
    served.server.use(http.all(/^http:\/\/127\.0\.0\.1:/, () => passthrough()));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    port,
    passed,
    ask: (path, asked) => ask(port(), path, asked),
    sendText: (text, ms) => sendText(port(), text, ms),
  };
}
