import type { ChildProcess } from 'node:child_process';
import { Agent, type IncomingMessage, request } from 'node:http';
import { cpuMicros } from './processes';

const CONNECTIONS = 16;

export type Hot = { perSecond: number; cpuMicros: number };

/** Repeats a request for a while over several kept connections and returns what each cost the server. */
export async function load(
  server: ChildProcess,
  {
    port,
    path,
    headers,
    ms,
    status,
  }: { port: number; path: string; headers: Record<string, string>; ms: number; status: number },
): Promise<Hot> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const send = () =>
    new Promise<void>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers, agent }, (response: IncomingMessage) => {
        if (response.statusCode !== status) reject(new Error(`${path} returned ${response.statusCode}, not ${status}`));
        response.resume();
        response.on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  const [begin, before] = [performance.now(), cpuMicros(server)];
  let count = 0;
  const worker = async () => {
    while (performance.now() - begin < ms) {
      await send();
      count++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const [took, spent] = [performance.now() - begin, cpuMicros(server) - before];
  agent.destroy();
  return { perSecond: (count / took) * 1000, cpuMicros: spent / count };
}
