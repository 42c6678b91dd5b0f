import 'server-only';
import { processWide } from '@/lib/process-wide';

/** Counts what may change a page: readings that were taken, and requests that are not just reads. */
const counted = () => processWide('changes', () => ({ number: 0 }));

export function noteChange(): void {
  counted().number++;
}

/** The same number twice: nothing was noted in between. */
export const changesSoFar = (): number => counted().number;
