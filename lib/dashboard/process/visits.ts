import 'server-only';
import { processWide } from '@/lib/process-wide';

/** When somebody last asked for data, so that the background knows for whom it reads. */
const visits = () => processWide('visits', () => ({ last: Number.NEGATIVE_INFINITY }));

export function noteVisit(now = Date.now()): void {
  visits().last = now;
}

export const lastVisit = (): number => visits().last;
