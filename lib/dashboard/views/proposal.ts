import 'server-only';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { summarizeRegion } from '@/lib/domain/cluster/overview';
import { listLeftDisabled } from '@/lib/domain/plans/left-disabled';
import { summarizeAudit } from '@/lib/domain/projection/audits';
import { SECOND_MS } from '@/lib/units';
import { withCloseReasons } from '../collect/close-reasons';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { need, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { keepView } from './kept-view';
import { planEffect } from './outcomes';
import { viewPlanList } from './plan-list';
import { describeRow, keptSurvey } from './plan-survey';
import { asShownView, type View } from './view';

/** As many plans as the overview lists. */
const MOST_WAITING = 3;
const MOST_RUNNING = 3;

/** It says how long plans that run still take. */
const KEPT_MS = 5 * SECOND_MS;

/** What is worth deciding. @param mayAct whether this visitor may start plans */
export const readProposal = (region: RegionId, mayAct: () => Promise<boolean>): Promise<View<Proposal>> =>
  asShownView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const from = { name: 'proposal', readings, names: ALL_READINGS, forMs: KEPT_MS };
    return { ...(await keepView(from, () => viewProposal(readings))), mayAct: await mayAct() };
  });

/** @throws SourceError of Watcher if nothing is known about audits */
async function viewProposal(readings: ReadingSet): Promise<Omit<Proposal, 'mayAct'>> {
  const cases = auditCasesOf(readings);
  const [newest] = cases;
  const survey = await keptSurvey(readings);
  const { best } = survey;
  const waiting = await viewPlanList(readings, { show: 'waiting', limit: MOST_WAITING, offset: 0 }, survey);
  const running = await viewPlanList(readings, { show: 'running', limit: MOST_RUNNING, offset: 0 }, survey);
  return {
    total: cases.length,
    audit: newest ? summarizeAudit(newest, planEffect(readings, newest)) : null,
    hot: countHot(readings),
    counts: waiting.counts,
    groups: waiting.groups,
    best: best && (await describeRow(readings, survey, { entry: best })),
    top: waiting.plans,
    running: running.plans,
    leftDisabled: listLeftDisabled(
      await withCloseReasons(readings.region, readings.inventory?.value?.hypervisors ?? []),
      need(readings, 'optimizer'),
      (name) => clusterOf(readings).index.resolve(name),
    ),
    readings: readingStates(readings),
  };
}

function countHot(readings: ReadingSet): number | null {
  const inventory = readings.inventory?.value;
  if (!inventory) return null;
  const { hosts_hot: hot, hosts_measured: measured } = summarizeRegion(
    inventory.region,
    clusterOf(readings),
    readings.settings.limits,
  );
  return measured === 0 ? null : hot;
}
