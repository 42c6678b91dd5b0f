import 'server-only';
import { processWide } from '@/lib/process-wide';

/**
 * Whether this process refreshes its readings in the background; nobody then waits for a reading that is merely late.
 */
const mode = () => processWide('background-mode', () => ({ runs: false }));

export const runsInBackground = (): boolean => mode().runs;

export function expectBackground(): void {
  mode().runs = true;
}
