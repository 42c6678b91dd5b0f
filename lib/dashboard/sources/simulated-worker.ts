import { parentPort } from 'node:worker_threads';
import type { openSimulatedRegions } from '@/lib/simulation/regions';

/** A thread of its own for the simulated cloud: opens what the first message describes, and tells its address. */
export type SimulatedOptions = Parameters<typeof openSimulatedRegions>[0];

export async function serveSimulated(options: SimulatedOptions): Promise<string> {
  // Loaded on demand, so that only a demo pays for the code of the simulated cloud.
  const [regions, { serveSimulation }] = await Promise.all([
    import('@/lib/simulation/regions'),
    import('@/lib/simulation/server'),
  ]);
  return (await serveSimulation(regions.openSimulatedRegions(options), { host: '127.0.0.1', port: 0 })).url;
}

// The listener stays, which keeps the thread alive: the server alone would not.
parentPort?.on('message', (options: SimulatedOptions) => {
  void serveSimulated(options).then((url) => parentPort?.postMessage(url));
});
