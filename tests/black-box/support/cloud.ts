import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, inject } from 'vitest';

/** The simulated cloud behind a reverse proxy that counts requests, answers some itself, delays them or changes answers. */
export type Cloud = {
  /** Settings for a server that reads this cloud. */
  settings: Record<string, string>;
  /** All requests so far. */
  requests: Passing[];
};

/** A request on its way to the cloud. `line`: such as `POST /identity/v3/auth/tokens`. */
export type Passing = { line: string; headers: IncomingMessage['headers']; body: string };

export type Changes = {
  /** Answers instead of the cloud; undefined leaves it to the cloud. */
  instead?(passing: Passing): { status: number; body: unknown } | undefined;
  /** How long a request waits here; ms. */
  delay?(passing: Passing): number;
  /** Changes the text of an answer. */
  rewrite?(passing: Passing, text: string): string;
};

export async function openCloud(changes: Changes = {}): Promise<Cloud> {
  const simulation = new URL(inject('simulation'));
  const requests: Passing[] = [];

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = (await readAll(incoming)).toString();
    const passing = { line: `${incoming.method} ${incoming.url}`, headers: incoming.headers, body };
    requests.push(passing);
    await new Promise((resolve) => setTimeout(resolve, changes.delay?.(passing) ?? 0));
    const own = changes.instead?.(passing);
    if (own) {
      outgoing.writeHead(own.status, { 'content-type': 'application/json' }).end(JSON.stringify(own.body));
      return;
    }
    const answer = await ask(simulation, incoming, body);
    const bytes = await readAll(answer);
    const text = changes.rewrite?.(passing, bytes.toString());
    const { 'content-length': _length, 'transfer-encoding': _coding, ...headers } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 500, headers).end(text ?? bytes);
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    requests,
    settings: {
      OS_AUTH_URL: `${url}/identity/v3`,
      OS_USERNAME: 'visio',
      OS_PASSWORD: 'simulated',
      OS_PROJECT_NAME: 'admin',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      PROMETHEUS_URL: `${url}/prometheus`,
    },
  };
}

/** With the same Host, so that the addresses in the catalog are those of the proxy. */
const ask = ({ hostname, port }: URL, { method, url, headers }: IncomingMessage, body: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { 'accept-encoding': _coding, connection: _connection, ...rest } = headers;
    request({ hostname, port, method, path: url, headers: rest }, resolve).on('error', reject).end(body);
  });

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
