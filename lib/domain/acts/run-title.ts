import type { Run } from '@/lib/contract/v1/run';
import { formatCountdown, formatPercent, formatStamp, formatThings } from '@/lib/format';

/** How a run goes, in a sentence. */

type Given = Pick<Run, 'phase' | 'counts' | 'waves' | 'others' | 'result' | 'delivered' | 'made_at'> & {
  state: string;
  /** Names of the audits whose plans run before this one. */
  ahead: string[];
  /** Whether an applier may take it; also if that is not known. */
  hasApplier: boolean;
};

export function titleOf(given: Given): string {
  const { phase, state, counts, ahead, hasApplier } = given;
  switch (phase) {
    case 'not-started':
      return state === 'RECOMMENDED' ? 'This plan has not been started' : `This plan never ran: it is ${state}`;
    case 'queued':
      if (!hasApplier) return 'Queued: no applier is alive to take it';
      return ahead[0] === undefined ? 'Queued: no applier has taken it yet' : `Queued behind ${ahead[0]}`;
    case 'stopping':
      return counts.running === 0 ? 'Stopping' : `Stopping: ${formatThings(counts.running, 'move ends', 'moves end')}`;
    case 'running':
      return `${progress(given)}${waveOf(given)}`;
    case 'ended':
      return `${progress(given)}${measured(given)}`;
  }
}

function progress({ counts, others }: Given): string {
  const { total, moved, failed, aborted, not_started: never, unknown } = counts;
  if (total === 0) {
    const done = others.filter(({ state }) => state === 'SUCCEEDED').length;
    return `${done} of ${formatThings(others.length, 'action')} done`;
  }
  const parts = [
    `${moved} of ${total} moved`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(aborted > 0 ? [`${aborted} aborted`] : []),
    ...(never > 0 ? [`${never} not started`] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
  ];
  return parts.join(', ');
}

/** Later waves may have no moves, only other actions. */
function waveOf({ waves, others }: Given): string {
  const current = waves.find(({ state }) => state !== 'done');
  const last = Math.max(...[...waves, ...others].map(({ wave }) => wave));
  return current && last > 1 ? `, wave ${current.wave} of ${last}` : '';
}

function measured({ result, delivered, made_at: now }: Given): string {
  if (result?.kept != null) return `; ${formatPercent(Math.max(0, result.kept), 0)} of the promise kept`;
  const at = delivered?.state === 'too-early' ? delivered.after_at : null;
  if (at === null || at <= now) return '';
  return `. Measured at ${formatStamp(at).slice(11, 16)}, in ${formatCountdown(at - now)}`;
}
