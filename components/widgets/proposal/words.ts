import type { AuditSummary } from '@/lib/contract/v1/audits';
import type { Outcome } from '@/lib/contract/v1/outcome';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { isOpen } from '@/lib/domain/plans/states';
import { formatCount, formatPercent, formatPoints, formatThings } from '@/lib/format';

/** What Watcher proposes, in a sentence that may contain a link, and what that would change. */
export type Said = {
  tone: 'plan' | 'quiet' | 'failed';
  /** `link` leads to the audit. */
  heading: [before: string, link: string, after: string];
  changes: Change[];
  /** A sentence without figures. */
  note: string | null;
};

/** "Hottest host 89% → 64%" */
export type Change = { what: string; from: string; to: string };

const plain = (heading: string, note: string | null, tone: Said['tone'] = 'quiet'): Said => ({
  tone,
  heading: [heading, '', ''],
  changes: [],
  note,
});

/** @param old the audits could not be read again */
export function describeProposal({ audit, outcome }: Proposal, old: boolean): Said {
  if (audit === null) {
    return plain('No audits yet', 'Watcher hasn’t run an audit in this region, so there is no plan to compare with.');
  }
  const { plan } = audit;
  if (plan === null) return withoutPlan(audit);
  if (plan.actions === null || plan.migrations === null) {
    return {
      tone: 'plan',
      heading: [`Watcher ${old ? 'proposed' : 'proposes'} `, 'a plan', ''],
      changes: [],
      note: 'Its actions were not read.',
    };
  }
  if (plan.actions === 0)
    return { ...plain(`Watcher ${old ? 'proposed' : 'proposes'} no changes`, null), changes: stateOf(outcome) };
  const what = plan.migrations > 0 ? formatThings(plan.migrations, 'migration') : formatThings(plan.actions, 'action');
  const shutdowns = outcome?.shutdowns ?? 0;
  const heading = headingOf(plan.state, what, old);
  // The load already includes what a finished plan has changed.
  if (!isOpen(plan.state)) return { tone: 'plan', heading, changes: [], note: null };
  const notes = [
    ...(shutdowns > 0 ? [`It takes ${formatThings(shutdowns, 'running VM')} out of service.`] : []),
    outcome?.reason ?? null,
    outcome && outcome.reason === null ? estimateOf(outcome) : null,
  ].filter((note) => note !== null);
  return { tone: 'plan', heading, changes: changesOf(outcome), note: notes.length === 0 ? null : notes.join(' ') };
}

/** That figures are not all measured. */
function estimateOf({ moves_left: left, moves_estimated: estimated }: Outcome): string | null {
  if (estimated === 0) return null;
  const which = estimated === left ? 'its VMs' : `${formatCount(estimated)} of its ${formatThings(left, 'VM')}`;
  return `The CPU of ${which} is estimated.`;
}

function withoutPlan({ state }: AuditSummary): Said {
  switch (state) {
    case 'PENDING':
    case 'ONGOING':
      return plain('Watcher is working on an audit', 'Its plan appears here once it is ready.');
    case 'FAILED':
      return plain('The newest audit failed', 'It made no plan.', 'failed');
    case 'CANCELLED':
      return plain('The newest audit was cancelled', 'It made no plan.');
    default:
      return plain('The newest audit has no plan', null);
  }
}

function headingOf(state: string, what: string, old: boolean): Said['heading'] {
  switch (state) {
    case 'RECOMMENDED':
      return [`Watcher ${old ? 'proposed' : 'proposes'} `, what, ''];
    case 'PENDING':
      return ['Watcher is about to start ', what, ''];
    case 'ONGOING':
      return ['Watcher is carrying out ', what, ''];
    case 'CANCELLING':
      return ['Watcher is stopping ', what, ''];
    case 'SUCCEEDED':
      return ['Watcher carried out ', what, ''];
    case 'FAILED':
      return ['The newest plan failed: ', what, ''];
    case 'SUPERSEDED':
      return ['The newest plan expired: ', what, ''];
    default:
      return ['The newest plan was stopped: ', what, ''];
  }
}

/** Figures before and after the plan. */
function changesOf(outcome: Outcome | null): Change[] {
  if (outcome === null || outcome.reason !== null) return [];
  const { cpu, emptied } = outcome;
  const changes: Change[] = [];
  if (emptied !== null && emptied.count !== null && emptied.count > 0) {
    changes.push({ what: 'Empties', from: '', to: formatThings(emptied.count, 'host') });
  }
  const { hottest, spread } = cpu;
  if (hottest.now !== null && hottest.after !== null) {
    changes.push({
      what: 'hottest host',
      from: formatPercent(hottest.now.load, 0),
      to: formatPercent(hottest.after.load, 0),
    });
  }
  if (spread.now !== null && spread.after !== null) {
    changes.push({ what: 'spread', from: formatCount(spread.now, 1), to: formatPoints(spread.after) });
  }
  return changes;
}

/** Figures of the load while nothing changes it. */
function stateOf(outcome: Outcome | null): Change[] {
  if (outcome === null) return [];
  const { hottest, spread } = outcome.cpu;
  return [
    ...(hottest.now === null ? [] : [{ what: 'hottest host', from: '', to: formatPercent(hottest.now.load, 0) }]),
    ...(spread.now === null ? [] : [{ what: 'spread', from: '', to: formatPoints(spread.now) }]),
  ];
}
