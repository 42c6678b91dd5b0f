import type { ReviewResult, Verdict } from '@/lib/contract/v1/verdicts';
import type { IconName } from '../ui/icon';
import type { TagTone } from '../ui/tag';

export type VerdictLook = { tone: TagTone; icon: IconName; word: string };

export const VERDICT_LOOK: Record<Verdict, VerdictLook> = {
  ok: { tone: 'plain', icon: 'ok', word: 'OK' },
  unchecked: { tone: 'plain', icon: 'waiting', word: 'Not fully checked' },
  warning: { tone: 'warn', icon: 'warn', word: 'Warning' },
  'would-fail': { tone: 'error', icon: 'error', word: 'Would fail' },
};

/** Only moves that have not started are checked. */
export const countChecked = (counts: ReviewResult['counts']): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
