import type { WillHappen } from '@/lib/contract/v1/acts';
import type { Caution } from '@/lib/contract/v1/explanations';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { formatBytes, formatNames, formatThings } from '@/lib/format';
import { sayGrounds } from '../cluster/must-not-move';
import { ignoresExclusions } from '../plans/exclusions';
import { listMarked, liveAppliers, movesToRun, type PlanFacts } from './facts';

/** A person confirms the number from this many VMs on. */
const CONFIRMED_FROM = 3;

/** The number to type before a start; null if none is asked for. */
export const numberToConfirm = ({ vms }: Pick<WillHappen, 'vms'>): number | null =>
  vms >= CONFIRMED_FROM ? vms : null;

/** What a start will do, in numbers and in words. @param cautions about the plan */
export function willHappen(facts: PlanFacts, cautions: Caution[]): WillHappen {
  const moves = movesToRun(facts);
  const cold = moves.filter(({ live }) => !live);
  const leftOut = facts.leftOut.length;
  const shutdowns = facts.shutdowns.filter(({ verdict }) => verdict !== null);
  const sources = new Set(moves.flatMap(({ source }) => source ?? []));
  const figures = {
    vms: moves.length + shutdowns.length,
    moves: moves.length,
    live: moves.length - cold.length,
    cold: cold.length,
    shutdowns: shutdowns.length,
    left_out: leftOut,
    sources: sources.size,
    ram_to_copy: facts.ramToCopy,
  };
  return { ...figures, lines: linesOf(facts, figures), warnings: warningsOf(facts, figures, cautions) };
}

type Figures = Omit<WillHappen, 'lines' | 'warnings'>;

function linesOf(facts: PlanFacts, { moves, sources, ram_to_copy: ram, left_out: leftOut, cold }: Figures): string[] {
  const copy = ram === null ? 'how much is to be copied is not known' : `${formatBytes(ram)} to copy`;
  const lines = [
    moves === 0
      ? 'No VM will move.'
      : `${formatThings(moves, 'VM')} will move off ${formatThings(sources, 'host')}; ${copy}.`,
  ];
  if (cold > 0) {
    const names = formatNames(movesToRun(facts).flatMap(({ live, vm_name: name }) => (live ? [] : [name])));
    lines.push(`${formatThings(cold, 'VM')} ${cold === 1 ? 'moves' : 'move'} cold, off while it is copied: ${names}.`);
  }
  if (leftOut > 0) lines.push(`${formatThings(leftOut, 'action')} will be skipped.`);
  lines.push(...staysOf(facts));
  if (moves > 0) lines.push(paceOf(facts));
  const [rival] = facts.rivals;
  if (rival)
    lines.push(
      `It starts once ${rival.name} is over, without asking again; or at once, if the applier runs several plans.`,
    );
  return lines;
}

const GROUNDS_NAMED = 3;

/** "db-1 (marked by admin: licence bound to the host)" */
const named = ({ vm_name: name, must_not_move: grounds = [] }: ReviewedMove): string =>
  `${name} (${sayGrounds(grounds)})`;

const listNamed = (moves: ReviewedMove[]): string => {
  const more = moves.length - GROUNDS_NAMED;
  return `${moves.slice(0, GROUNDS_NAMED).map(named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** VMs that must not move, and that the plan would move. */
function staysOf(facts: PlanFacts): string[] {
  const marked = listMarked(facts);
  if (marked.length === 0) return [];
  const strategy = facts.plan.strategy ?? facts.audit?.strategy ?? null;
  const stay = `${formatThings(marked.length, 'VM stays', 'VMs stay')} since ${marked.length === 1 ? 'it' : 'they'} must not move: ${listNamed(marked)}.`;
  return ignoresExclusions(strategy)
    ? [stay, `${strategy} ignores such marks, and what an audit excludes: its next plan moves them again.`]
    : [stay];
}

/** VMs that must not move, and that somebody named. */
function movesAnyway(facts: PlanFacts): string[] {
  const marked = movesToRun(facts).filter(({ must_not_move: grounds }) => grounds !== undefined);
  return marked.length === 0 ? [] : [`Must not move, and will: ${listNamed(marked)}.`];
}

/** How the applier runs them: wave by wave, all of a wave at once. */
function paceOf(facts: PlanFacts): string {
  const sizes = new Map<number, number>();
  for (const { wave } of movesToRun(facts)) sizes.set(wave, (sizes.get(wave) ?? 0) + 1);
  const largest = Math.max(...sizes.values());
  if (sizes.size === 1)
    return largest === 1
      ? 'Watcher gives the move to Nova at once.'
      : `Watcher gives ${largest === 2 ? 'both' : `all ${largest}`} to Nova at once; by default Nova lets one leave each host at a time.`;
  return `They run in ${sizes.size} steps, up to ${largest} at a time.`;
}

function warningsOf(facts: PlanFacts, { left_out: leftOut }: Figures, cautions: Caution[]): string[] {
  const warnings = ['Nothing is rolled back: what has moved stays where it is.'];
  if (leftOut > 0) warnings.push('What is skipped can’t be brought back.');
  warnings.push(...movesAnyway(facts));
  // How many start at once is among the lines.
  warnings.push(...cautions.filter(({ code }) => code !== 'starts-at-once').map(({ text }) => text));
  const failing = movesToRun(facts).filter(({ verdict }) => verdict === 'would-fail');
  if (failing.length > 0) warnings.push(`Would fail: ${formatNames(failing.map(({ vm_name: name }) => name))}.`);
  const doubtful = movesToRun(facts).filter(({ verdict }) => verdict === 'warning');
  const [only] = doubtful;
  if (only && doubtful.length === 1)
    warnings.push(`${only.vm_name} may fail or do harm: ${only.reasons.map(({ text }) => text).join(' ')}`);
  else if (doubtful.length > 1) {
    const names = formatNames(doubtful.map(({ vm_name: name }) => name));
    warnings.push(
      `${formatThings(doubtful.length, 'move')} may fail or do harm: ${names}. The list of moves says why.`,
    );
  }
  const restless = movesToRun(facts).filter(({ reasons }) => reasons.some(({ check }) => check === 'history'));
  if (restless.length > 0)
    warnings.push(
      `${formatNames(restless.map(({ vm_name: name }) => name))} ${restless.length === 1 ? 'has' : 'have'} moved too often lately, or would go back to a host just left.`,
    );
  const unchecked = movesToRun(facts).filter(({ verdict }) => verdict === 'unchecked').length;
  if (unchecked > 0) warnings.push(`${formatThings(unchecked, 'move')} could not be checked in full.`);
  const appliers = liveAppliers(facts).length;
  if (appliers > 1) warnings.push(`${appliers} appliers are alive: plans may run side by side, on the same hosts.`);
  return warnings;
}
