import { Cron } from 'croner';
import { SECOND_MS } from '@/lib/units';

/** Intervals of audits as Watcher reads them: seconds, or cron in UTC. */

const SHORTEST_MS = 10 * SECOND_MS;

const cronOf = (text: string): Cron | null => {
  try {
    return new Cron(text, { timezone: 'UTC', paused: true });
  } catch {
    return null;
  }
};

/** Whether Watcher can read it. */
export const isInterval = (text: string | null): boolean =>
  text !== null && (/^\d+$/.test(text) || cronOf(text) !== null);

/** The next run after a time, in ms; null if there is none. Watcher looks every ten seconds at the most. */
export function nextRunOf(interval: string | null, at: number): number | null {
  const seconds = Number(interval);
  if (seconds > 0) return at + Math.max(seconds * SECOND_MS, SHORTEST_MS);
  return interval === null ? null : (cronOf(interval)?.nextRun(new Date(at))?.getTime() ?? null);
}
