import type { ChildProcess } from 'node:child_process';
import { Agent, type IncomingMessage, request } from 'node:http';
import { cpuMicros } from './processes';

const CONNECTIONS = 16;

export type Hot = { perSecond: number; cpuMicros: number };

/** Asks the same for a while over some kept connections; what each request cost the server. */
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
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers, agent }, (response: IncomingMessage) => {
        if (response.statusCode !== status)
          reject(new Error(`${path} is answered with ${response.statusCode}, not ${status}`));
        response.resume();
        response.on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  const [begin, before] = [performance.now(), cpuMicros(server)];
  let count = 0;
  const worker = async () => {
    while (performance.now() - begin < ms) {
      await ask();
      count++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const [took, spent] = [performance.now() - begin, cpuMicros(server) - before];
  agent.destroy();
  return { perSecond: (count / took) * 1000, cpuMicros: spent / count };
}
