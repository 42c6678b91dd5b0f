import type { Prometheus } from './client';

/** What Prometheus says of itself and of what it scrapes. */

/** Its clock less ours, in ms; half of what the question took is taken for the way back. @throws SourceError */
export async function readClockOffset(prometheus: Prometheus, clock: () => number): Promise<number | null> {
  const asked = clock();
  const [sample] = await prometheus.query('vector(time())');
  const answered = clock();
  return sample?.value === undefined || sample.value === null ? null : sample.value * 1000 - (asked + answered) / 2;
}

export type DownTarget = { job: string; instance: string };

/** Targets that are scraped and do not answer. @throws SourceError */
export async function listDownTargets(prometheus: Prometheus): Promise<{ down: DownTarget[]; all: number }> {
  const [down, all] = await Promise.all([prometheus.query('up == 0'), prometheus.query('count(up)')]);
  return {
    down: down.map(({ labels: { job = '', instance = '' } }) => ({ job, instance })),
    all: all[0]?.value ?? 0,
  };
}
