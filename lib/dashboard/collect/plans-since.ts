import 'server-only';
import { plansUnknownBefore } from '@/lib/domain/plans/plans-to-read';
import type { ReadingSet } from './reading-set';

/** Since when all plans that have run are read, in ms; null if those of the last days all are, or if nothing is known about any. */
export function plansSince({ optimizer }: ReadingSet): number | null {
  return optimizer?.value ? plansUnknownBefore(optimizer.value.plans, optimizer.value.actions, Date.now()) : null;
}
