import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { cpuMicros } from './processes';

/** What a view of a page costs the server: the page itself, and the files that a browser with an empty cache asks for. */

type Server = { child: ChildProcess; port: number };
type Got = { body: Buffer; contentType: string };

export type PageCost = {
  /** CPU of the whole server process for the page, rendered for each view; ms. */
  page: number;
  /** The same for views of one second, which share a rendering. */
  again: number;
  /** The same for its scripts, styles and fonts, all together. */
  files: number;
  /** Bytes on the wire. */
  pageBytes: number;
  fileBytes: number;
  fileCount: number;
};

/** As a browser asks for a page. Over plain HTTP none offers Brotli. */
const OF_BROWSER = { 'accept-encoding': 'gzip, deflate', accept: 'text/html,*/*' };

function get(agent: Agent, { port }: Server, path: string, more: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent, headers: { ...OF_BROWSER, ...more } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${path} returned ${response.statusCode}`));
        else resolve({ body: Buffer.concat(chunks), contentType: response.headers['content-type'] ?? '' });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** The files that a page names itself; what its scripts load later is no part of the first view. */
async function listFiles(port: number, path: string): Promise<string[]> {
  const html = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const styles = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]*\/_next\/static\/[^"]+)"/g)];
  return [...new Set(styles.map(([, file = '']) => file))];
}

/** A page is held for requests with the same headers (lib/dashboard/http/held-pages.ts). */
export const unlikeOthers = (round: number) => ({ 'x-round': String(round) });

type Repeated = { rounds: number; more?: (round: number) => Record<string, string> };

/** Repeats requests one after another over one kept connection. @returns CPU of the server, ms per round */
async function costOf(
  server: Server,
  paths: string[],
  { rounds, more }: Repeated,
): Promise<{ ms: number; bytes: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let bytes = 0;
  for (const path of paths) bytes += (await get(agent, server, path)).body.length;
  const before = cpuMicros(server.child);
  for (let round = 0; round < rounds; round++) for (const path of paths) await get(agent, server, path, more?.(round));
  const spent = cpuMicros(server.child) - before;
  agent.destroy();
  return { ms: spent / rounds / 1000, bytes };
}

/** @param rounds requests that the CPU is divided by; its clock has ticks of 10 ms */
export async function measurePage(server: Server, path: string, rounds: number): Promise<PageCost> {
  const names = await listFiles(server.port, path);
  const page = await costOf(server, [path], { rounds, more: unlikeOthers });
  const again = await costOf(server, [path], { rounds });
  const files = await costOf(server, names, { rounds });
  return {
    page: page.ms,
    again: again.ms,
    files: files.ms,
    pageBytes: page.bytes,
    fileBytes: files.bytes,
    fileCount: names.length,
  };
}
