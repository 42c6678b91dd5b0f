import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ConnectionReset } from './faults';
import type { Simulation } from './simulation';

export type SimulationServer = { url: string; close(): Promise<void> };

/**
 * Serves a simulation over HTTP, by default on loopback, without keeping the process alive. Its controls are below `/_sim/`
 * (controls.ts).
 */
export async function serveSimulation(
  simulation: Pick<Simulation, 'answer'>,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<SimulationServer> {
  const server = createServer((request, response) => {
    handle(simulation, request, response).catch((error: unknown) => {
      if (error instanceof ConnectionReset) request.socket.destroy();
      else response.writeHead(500).end(`The simulation failed: ${String(error)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  server.unref();
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function handle(
  simulation: Pick<Simulation, 'answer'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await toRequest(incoming);
  const response = await simulation.answer(request);
  // Node would take the machine's clock, whatever the clock of this process is.
  const date = new Date().toUTCString();
  outgoing.writeHead(response.status, { date, ...Object.fromEntries(response.headers) });
  // The client may disconnect early, and a fault may interrupt the body.
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const { method = 'GET' } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks).toString('utf8');
  return new Request(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`, { method, headers, body });
}
