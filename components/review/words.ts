import type { Check } from '@/lib/contract/v1/scene';
import type { ReviewedMove, ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import { formatThings } from '@/lib/format';
import type { IconName } from '../ui/icon';
import type { TagTone } from '../ui/tag';

export const VERDICT_LOOK: Record<Verdict, { tone: TagTone; icon: IconName; word: string }> = {
  ok: { tone: 'plain', icon: 'ok', word: 'Ok' },
  unchecked: { tone: 'plain', icon: 'waiting', word: 'Not fully checked' },
  warning: { tone: 'warn', icon: 'warn', word: 'Warning' },
  'would-fail': { tone: 'error', icon: 'error', word: 'Would fail' },
};

/** In place of a verdict, where nothing is left to run. */
const STATES: Record<string, { tone: TagTone; word: string }> = {
  SUCCEEDED: { tone: 'plain', word: 'Done' },
  ONGOING: { tone: 'accent', word: 'Running' },
  FAILED: { tone: 'error', word: 'Failed' },
  SKIPPED: { tone: 'plain', word: 'Skipped' },
  CANCELLED: { tone: 'plain', word: 'Cancelled' },
  CANCELLING: { tone: 'plain', word: 'Being cancelled' },
};

export const stateLook = ({
  state,
  change,
}: Pick<ReviewedMove, 'state' | 'change'>): { tone: TagTone; word: string } =>
  change === 'left-out' ? { tone: 'plain', word: 'Left out' } : (STATES[state] ?? { tone: 'plain', word: state });

export const CHECKS: Record<Check, string> = {
  vm: 'state of the VM',
  source: 'where the VM is',
  destination: 'destination up and open',
  fit: 'room by Placement',
  zone: 'availability zone',
  aggregate: 'aggregates',
  traits: 'traits',
  group: 'server groups',
  locked: 'lock',
  live: 'live migration',
  peak: 'CPU peak of a day',
  ram: 'RAM really free',
};

/** The verdict on a plan as a headline. */
export function headline({ verdict, counts, totals }: ReviewResult, changed: boolean): string {
  const moves = formatThings(totals.moves, 'move');
  switch (verdict) {
    case null:
      return changed ? 'No move is left in this variant' : 'No move is left to run';
    case 'ok':
      return totals.moves === 1 ? 'Nothing speaks against the move' : `Nothing speaks against the ${moves}`;
    case 'unchecked':
      return `Nothing found against ${moves}, but not all could be checked`;
    case 'warning':
      return `${counts.warning} of ${moves} with a warning`;
    case 'would-fail':
      return `${counts['would-fail']} of ${moves} would fail`;
  }
}
