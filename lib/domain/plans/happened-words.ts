import type { Happened } from '@/lib/contract/v1/happened';
import { formatStamp } from '@/lib/format';

/** What Watcher and Nova say about a move, in one sentence. */

type Said = { state: string; isRunning: boolean };

/** The states of Watcher that say the same as a result. */
const AGREEING: Record<Happened['result'], string[]> = {
  moved: ['SUCCEEDED'],
  failed: ['FAILED'],
  // Watcher calls a move that it has Nova abort cancelled or failed, depending on the release.
  cancelled: ['CANCELLED', 'CANCELLING', 'FAILED'],
  running: ['ONGOING', 'CANCELLING'],
  'never-started': ['PENDING', 'FAILED', 'CANCELLED', 'CANCELLING'],
  unknown: [],
};

/** Whether Nova contradicts Watcher. A plan that is over has no running action, whatever its state. */
function doesDiffer(result: Happened['result'], { state, isRunning }: Said): boolean {
  if (result === 'unknown') return false;
  return !AGREEING[result].includes(state) || (result === 'running' && !isRunning);
}

export function describeHappened(
  { reason, ...found }: Omit<Happened, 'differs' | 'text'> & { reason?: string },
  said: Said,
): Happened {
  const differs = doesDiffer(found.result, said);
  const nova = novaSays(found, reason);
  const text = differs || found.result === 'unknown' ? `Watcher says ${said.state}; ${nova}` : capitalized(nova);
  return { ...found, differs, text };
}

function novaSays(found: Omit<Happened, 'differs' | 'text'>, reason: string | undefined): string {
  const { result, evidence, started_at: start, ended_at: end, destination } = found;
  const at = end === null ? '' : ` at ${formatStamp(end)}`;
  switch (result) {
    case 'moved':
      if (evidence === 'place') return `Nova has the VM on ${destination ?? 'another host'}.`;
      return evidence === 'watcher' ? `done according to Watcher${at}.` : `Nova finished it${at}.`;
    case 'failed':
      return `it failed in Nova${at}.`;
    case 'cancelled':
      return `Nova cancelled it${at}.`;
    case 'running':
      return start === null ? 'Nova is running it.' : `Nova has been running it since ${formatStamp(start)}.`;
    case 'never-started':
      return evidence === 'watcher' ? 'it was never started.' : 'Nova never started it.';
    case 'unknown':
      return `what Nova did is unknown. ${reason ?? ''}`.trim();
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
