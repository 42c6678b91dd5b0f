import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, passthrough } from 'msw';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';
import { serveIndex, serveOpenApi } from '@/lib/dashboard/http/documents';
import { serveUnknownPath } from '@/lib/dashboard/http/serve';
import { requestHook } from '@/lib/server/request-hook';
import type { ServedCloud } from '../routes/served-cloud';

/** The request hook in front of the route handlers, which are called as Next calls them, and counted. */

const ROUTES: Record<string, EndpointName> = {
  '/api/stats/': 'stats',
  '/api/audits/': 'audits',
  '/api/v1/overview/': 'overview',
  '/api/v1/hosts/': 'hosts',
  '/api/source-status/': 'sourceStatus',
};

/** Next takes these out of what a route answers. */
const DROPPED = new Set(['content-length', 'content-encoding', 'transfer-encoding']);

export type Got = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

export type HookedServer = {
  /** How many requests have reached the routes. */
  routed(): number;
  /** The address of the request that reached them last. */
  lastRouted(): string;
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Got>;
};

export function hookedServer(served: ServedCloud): HookedServer {
  let port = 0;
  let routed = 0;
  let last = '';

  async function next(request: IncomingMessage, response: ServerResponse): Promise<void> {
    routed++;
    const { url = '', method = 'GET' } = request;
    last = url;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await answerOf(new Request(`http://visio.test${url}`, { headers }));
    // As next.config.mjs and Next itself do.
    response.setHeader('X-Frame-Options', 'DENY');
    for (const [name, value] of answer.headers) if (!DROPPED.has(name)) response.setHeader(name, value);
    response.setHeader('vary', ['rsc, next-router-state-tree', answer.headers.get('vary')].join(', '));
    response.writeHead(answer.status).end(method === 'HEAD' ? null : Buffer.from(await answer.arrayBuffer()));
  }

  const server = createServer((request, response) =>
    requestHook(request, response, (instead) => (instead ? instead() : void next(request, response))),
  );
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  // Requests to this test's own server are not intercepted.
  beforeEach(() => served.server.use(http.all(/^http:\/\/127\.0\.0\.1:/, () => passthrough())));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  return {
    routed: () => routed,
    lastRouted: () => last,
    ask: (path, headers = {}, method = 'GET') =>
      new Promise((resolve, reject) => {
        ask({ port, host: '127.0.0.1', path, headers, method, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          );
        })
          .on('error', reject)
          .end();
      }),
  };
}

function answerOf(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const name = ROUTES[pathname];
  if (name) return ANSWERS[name](request, { params: Promise.resolve({}) });
  if (pathname === '/api/') return serveIndex(request, '1.0.0');
  if (pathname === '/api/openapi.json') return serveOpenApi(request, '1.0.0');
  return serveUnknownPath(request);
}
