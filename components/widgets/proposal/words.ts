import { bringsOf, hottestOf } from '@/components/figures/plan-words';
import type { AuditSummary } from '@/lib/contract/v1/audits';
import type { ListedPlan, PlanWorth } from '@/lib/contract/v1/plan-list';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { formatAge, formatCount, formatPoints, formatThings } from '@/lib/format';

/** Which plan is worth starting, in a sentence that may contain a link, and what it would change. */
export type Said = {
  tone: 'plan' | 'quiet' | 'failed';
  /** `link` leads to the plan. */
  heading: [before: string, link: string, after: string];
  /** What comes before the changes, in their sentence. */
  lead: string | null;
  changes: Change[];
  /** Sentences without figures. */
  note: string | null;
  /** The plan that the sentence is about. */
  plan: ListedPlan | null;
  /** The audit whose page says why there is none. */
  why: string | null;
};

/** "Hottest host 89% → 64%" */
export type Change = { what: string; from: string; to: string };

const plain = (heading: string, note: string | null, tone: Said['tone'] = 'quiet'): Said => ({
  tone,
  heading: [heading, '', ''],
  lead: null,
  changes: [],
  note,
  plan: null,
  why: null,
});

/** @param old the audits could not be read again */
export function describeProposal(proposal: Proposal, { old, now }: { old: boolean; now: number }): Said {
  const { audit, best, counts, groups } = proposal;
  if (best?.worth?.group === 'little-to-gain' && groups.worth_doing > 0) return noneWorthDoingHolds(groups.worth_doing);
  if (best?.worth) return ofBest(best, best.worth, { waiting: counts.waiting, old });
  if (counts.waiting > 0) return noneHolds(proposal);
  if (audit === null) {
    return plain('No audits yet', 'An audit looks and proposes; nothing moves until you start its plan.');
  }
  return noneWaits(audit, proposal, now);
}

type Given = { waiting: number; old: boolean };

function ofBest(plan: ListedPlan, worth: PlanWorth, { waiting, old }: Given): Said {
  if (worth.group === 'little-to-gain') {
    const brings = bringsOf(worth);
    const best =
      brings.kind === 'spread'
        ? `takes the spread ${formatCount(brings.now, 1)} → ${formatPoints(brings.after)}`
        : null;
    const waits = `${formatThings(waiting, 'plan')} ${waiting === 1 ? 'waits' : 'wait'}`;
    return {
      ...plain(
        'Nothing worth doing',
        best === null
          ? `${waits}${waiting === 1 ? ' and' : '; the best'} brings little.`
          : `${waits}; the best ${best}.`,
      ),
      plan,
    };
  }
  const what = worth.moves > 0 ? formatThings(worth.moves, 'migration') : formatThings(worth.shutdowns, 'shutdown');
  return {
    tone: 'plan',
    heading: [
      `Watcher ${old ? 'proposed' : 'proposes'} `,
      what,
      worth.enough === null ? '' : `; ${formatCount(worth.enough)} ${worth.enough === 1 ? 'is' : 'are'} enough`,
    ],
    ...effectOf(worth),
    note: notesOn(worth),
    plan,
    why: null,
  };
}

/** "After 4 moves no host is hot; after all 17: hottest host 90% → 58%, spread 22.9 → 7.3 pts." */
function effectOf(worth: PlanWorth): Pick<Said, 'lead' | 'changes'> {
  const { enough, moves } = worth;
  const changes = changesOf(worth);
  if (enough === null) return { lead: null, changes };
  const lead = `After ${formatThings(enough, 'move')} no host is hot; after all ${formatCount(moves)}: `;
  return { lead, changes };
}

function notesOn({ shutdowns, moves, moves_estimated: estimated }: PlanWorth): string | null {
  const which = estimated === moves ? 'its VMs' : `${formatCount(estimated)} of its ${formatThings(moves, 'VM')}`;
  const notes = [
    ...(shutdowns > 0 ? [`It takes ${formatThings(shutdowns, 'running VM')} out of service.`] : []),
    ...(estimated > 0 ? [`The CPU of ${which} is estimated.`] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}

/** Figures before and after the plan. */
function changesOf(worth: PlanWorth): Change[] {
  const { emptied, cpu } = worth;
  const hottest = hottestOf(worth);
  const { now, after } = cpu.spread;
  return [
    ...(emptied !== null && emptied.count > 0
      ? [{ what: 'empties', from: '', to: formatThings(emptied.count, 'host') }]
      : []),
    ...(hottest === null ? [] : [{ what: 'hottest host', from: hottest.now, to: hottest.after }]),
    ...(now === null || after === null ? [] : [{ what: 'spread', from: formatCount(now, 1), to: formatPoints(after) }]),
  ];
}

/** "Best of 5 plans that wait" */
export function describeRank({ waiting }: Proposal['counts']): string {
  return waiting === 1 ? 'The only plan that waits' : `Best of ${formatCount(waiting)} plans that wait`;
}

/** Plans that are worth doing with the loads of now, but were made for others. */
const noneWorthDoingHolds = (count: number): Said =>
  plain(
    'No plan worth doing still holds',
    count === 1
      ? '1 plan would help now, but the loads have changed since it was made. Review it, or run its audit again.'
      : `${formatCount(count)} plans would help now, but the loads have changed since they were made. Review them, or run their audits again.`,
  );

function noneHolds({ counts: { waiting }, top }: Proposal): Said {
  const heading = waiting === 1 ? '1 plan waits' : `${formatCount(waiting)} plans wait`;
  const unknown = top.find(({ worth }) => worth === null)?.worth_reason ?? null;
  // Without what they would change, nothing can be said against them.
  if (unknown !== null && top.every(({ worth }) => worth === null)) return plain(heading, unknown);
  const none = waiting === 1 ? 'it no longer holds' : 'none still holds';
  const open = top.find(({ worth }) => worth?.truth.state === 'unknown');
  if (open) return plain(heading, `Whether they still hold is unknown. ${open.worth?.truth.reason ?? ''}`.trim());
  return plain(`${heading}, ${none}`, 'The cluster has moved on. Run an audit again.');
}

function noneWaits(audit: AuditSummary, { hot }: Proposal, now: number): Said {
  const { state, type, plan } = audit;
  if (plan === null && type === 'ONESHOT' && (state === 'PENDING' || state === 'ONGOING'))
    return plain('Watcher is working on an audit', 'Its plan appears here once it is ready.');
  const heading = (hot ?? 0) > 0 ? 'No plan for the hot hosts' : 'No plan waits';
  const at = `${formatAge(now - Math.max(audit.created_at, plan?.created_at ?? 0))} ago`;
  const why = audit.id;
  if (state === 'FAILED') return { ...plain(heading, `The last audit failed ${at}.`, 'failed'), why };
  if (state === 'CANCELLED') return plain(heading, `The last audit was cancelled ${at}.`);
  if (plan?.actions !== 0) return plain(heading, `The last audit ran ${at}.`);
  return { ...plain(heading, `The last audit found nothing to do ${at}.`), why };
}
