import 'server-only';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { summarizeAudit } from '@/lib/domain/projection/audits';
import { auditCasesOf } from '../collect/joined';
import { describeReadings, type Moment, takeMoment } from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { effectFor, outcomeOf } from './outcomes';
import { asView, type View } from './view';

/** What the newest audit proposes. */
export const readProposal = (): Promise<View<Proposal>> =>
  asView(async () => viewProposal(await takeMoment(ALL_READINGS)));

/** @throws SourceError of Watcher where there are no audits to know of */
export function viewProposal(moment: Moment): Proposal {
  const cases = auditCasesOf(moment);
  const [newest] = cases;
  return {
    total: cases.length,
    audit: newest ? summarizeAudit(newest, effectFor(moment, newest)) : null,
    outcome: newest?.shown ? outcomeOf(moment, newest) : null,
    readings: describeReadings(moment),
  };
}
