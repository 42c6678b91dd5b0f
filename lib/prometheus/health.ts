import type { Prometheus } from './client';

/** The state of Prometheus and of its targets. */

/** Its clock minus ours, in ms, taking the middle of the request as our time. @throws SourceError */
export async function readClockOffset(prometheus: Prometheus, clock: () => number): Promise<number | null> {
  const sentAt = clock();
  const [sample] = await prometheus.query('vector(time())');
  const receivedAt = clock();
  return sample?.value === undefined || sample.value === null ? null : sample.value * 1000 - (sentAt + receivedAt) / 2;
}

export type DownTarget = { job: string; instance: string };

/** Scrape targets that are down, and the number of all targets. @throws SourceError */
export async function listDownTargets(prometheus: Prometheus): Promise<{ down: DownTarget[]; all: number }> {
  const [down, all] = await Promise.all([prometheus.query('up == 0'), prometheus.query('count(up)')]);
  return {
    down: down.map(({ labels: { job = '', instance = '' } }) => ({ job, instance })),
    all: all[0]?.value ?? 0,
  };
}
