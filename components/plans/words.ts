import type { PlanGroup, PlanList } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';

/** What the page of plans says. */

type Counts = PlanList['counts'];

/** "5 plans wait for you, 1 is running" */
export function describeCounts({ waiting, running }: Counts): string {
  const runs = running === 1 ? '1 is running' : `${formatCount(running)} are running`;
  if (waiting === 0) return running === 0 ? 'No plan waits' : `No plan waits, ${runs}`;
  const waits = waiting === 1 ? '1 plan waits for you' : `${formatCount(waiting)} plans wait for you`;
  return running === 0 ? waits : `${waits}, ${runs}`;
}

/** "2 bring little, 1 no longer holds." */
export function describeOthers({ little_to_gain: little, not_as_it_stands: not }: PlanList['groups']): string | null {
  const parts = [
    little === 0 ? null : `${formatCount(little)} ${little === 1 ? 'brings' : 'bring'} little`,
    not === 0 ? null : `${formatCount(not)} no longer ${not === 1 ? 'holds' : 'hold'}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `${parts.join(', ')}.`;
}

export const GROUPS: Record<PlanGroup, { title: string; note: string }> = {
  'worth-doing': {
    title: 'Worth doing',
    note: 'a host stops being hot, the spread falls, or what was asked for happens',
  },
  'little-to-gain': { title: 'Little to gain', note: 'under 10% of the spread, and no host less hot' },
  'not-as-it-stands': {
    title: 'Not as it stands',
    note: 'moves that would fail, or whose VM has left; leave those out or run the audit again',
  },
};

/** Why plans run one after the other, or side by side. */
export function describeAppliers(appliers: number | null): { text: string; isRisky: boolean } | null {
  switch (appliers) {
    case null:
      return null;
    case 0:
      return { text: 'No applier is up: nothing that was started goes on', isRisky: true };
    case 1:
      return { text: 'One at a time: this cloud has one applier', isRisky: false };
    default:
      return { text: `${formatCount(appliers)} appliers: plans run side by side, on the same hosts`, isRisky: true };
  }
}

/** The share from which a promise counts as kept. */
export const KEPT_FROM = 0.8;
