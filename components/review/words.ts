import type { Check } from '@/lib/contract/v1/scene';
import type { ReviewedMove, ReviewResult } from '@/lib/contract/v1/verdicts';
import { formatThings } from '@/lib/format';
import { countChecked } from '../figures/verdicts';
import { moveState } from '../moves/words';
import type { TagTone } from '../ui/tag';

const TONES: Record<string, TagTone> = { ONGOING: 'accent', FAILED: 'error' };

/** Shown instead of a verdict if nothing is left to run. */
export const stateLook = ({
  state,
  happened,
  change,
}: Pick<ReviewedMove, 'state' | 'happened' | 'change'>): { tone: TagTone; word: string } =>
  change === 'left-out'
    ? { tone: 'plain', word: 'Left out' }
    : { tone: happened?.differs ? 'warn' : (TONES[state] ?? 'plain'), word: moveState({ state, happened }) };

export const CHECKS: Record<Check, string> = {
  vm: 'state of the VM',
  source: 'location of the VM',
  destination: 'destination in service',
  fit: 'capacity in Placement',
  zone: 'availability zone',
  aggregate: 'aggregates',
  traits: 'traits',
  group: 'server groups',
  locked: 'lock',
  live: 'live migration',
  peak: 'daily CPU peak',
  ram: 'free RAM',
  history: 'earlier moves',
};

/** The verdict on a plan as a headline. */
export function headline({ verdict, counts, totals }: ReviewResult, changed: boolean): string {
  const checked = countChecked(counts);
  const moves = formatThings(checked, 'move');
  switch (verdict) {
    case null:
      return changed ? 'No moves left in this variant' : 'No moves left to run';
    case 'ok':
      if (checked === 0) return 'No running VM would be taken out of service';
      return `No problems found in ${moves}`;
    case 'unchecked':
      return `No problems found in ${moves}, but not everything could be checked`;
    case 'warning':
      if (counts.warning === 0) {
        return totals.shutdowns > 0
          ? `${formatThings(totals.shutdowns, 'running VM')} will be taken out of service`
          : 'VMs that the plan takes out of service have warnings';
      }
      return `${counts.warning} of ${moves} ${counts.warning === 1 ? 'has' : 'have'} a warning`;
    case 'would-fail':
      return `${counts['would-fail']} of ${moves} would fail`;
  }
}
