import 'server-only';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { listLeftDisabled } from '@/lib/domain/plans/left-disabled';
import { summarizeAudit } from '@/lib/domain/projection/audits';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { need, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { planEffect, planOutcome } from './outcomes';
import { asView, type View } from './view';

/** What the newest audit proposes. */
export const readProposal = (region: RegionId): Promise<View<Proposal>> =>
  asView(async () => viewProposal(await takeComplete(region, ALL_READINGS)));

/** @throws SourceError of Watcher if nothing is known about audits */
function viewProposal(readings: ReadingSet): Proposal {
  const cases = auditCasesOf(readings);
  const [newest] = cases;
  return {
    total: cases.length,
    audit: newest ? summarizeAudit(newest, planEffect(readings, newest)) : null,
    outcome: newest?.shown ? planOutcome(readings, newest) : null,
    leftDisabled: listLeftDisabled(readings.inventory?.value?.hypervisors ?? [], need(readings, 'optimizer'), (name) =>
      clusterOf(readings).index.resolve(name),
    ),
    readings: readingStates(readings),
  };
}
