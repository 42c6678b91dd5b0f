import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { formatPoints, formatThings } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { type CarefulRun, type CarefulStep, currentStep, type WhyCode, wentWrong } from './careful-run';
import type { Looked } from './next';
import { STUCK_MS } from './stop-rules';

type Rule = CarefulRunView['rules'][number];
type Now = Pick<Looked, 'now' | 'load' | 'run'>;

/** When a careful run stops by itself, and what each rule shows now. */
export function listRules(run: CarefulRun, now: Now): Rule[] {
  const step = currentStep(run);
  const rule = (code: WhyCode, text: string, { value, isNear }: { value: string; isNear: boolean }): Rule => ({
    rule: text,
    value,
    state: run.why?.code === code ? 'stopped' : isNear ? 'near' : 'calm',
  });
  return [
    rule('failed', 'A move does not go as approved', failures(run, now)),
    rule('stuck', 'A copy gains nothing for 3 min', stuck(step, now)),
    rule('hot', 'A target gets hot', hot(step, now)),
    rule('little', 'A step brings less than half of its promise', brought(run)),
  ];
}

type Shown = { value: string; isNear: boolean };

function failures({ steps }: CarefulRun, { run }: Now): Shown {
  const ended = steps.flatMap(({ results }) => results).filter(wentWrong).length;
  const now = run === null || run.is_final ? 0 : run.counts.failed + run.counts.aborted;
  return { value: `${formatThings(ended + now, 'move')} so far`, isNear: false };
}

function stuck(step: CarefulStep | null, { now }: Now): Shown {
  if (step?.stuckSince == null) return { value: 'all gain', isNear: false };
  const ms = now - step.stuckSince;
  return { value: `${Math.floor(ms / SECOND_MS)} s so far`, isNear: ms >= STUCK_MS / 2 };
}

function hot(step: CarefulStep | null, { load }: Now): Shown {
  const targets = new Set(step?.moves.map(({ destination }) => destination));
  const count = load.hot.filter((host) => targets.has(host)).length;
  return {
    value: count === 0 ? 'none is' : `${formatThings(count, 'target is', 'targets are')} hot`,
    isNear: count > 0,
  };
}

/** By the last step that was measured. */
function brought({ steps }: CarefulRun): Shown {
  const last = steps.findLast(({ measuredAt }) => measuredAt !== null);
  const { before = null, promised = null, after = null } = last?.spread ?? {};
  if (before === null || promised === null || after === null) return { value: 'not measured yet', isNear: false };
  const text = `${formatPoints(before)} → ${formatPoints(after)}, promised ${formatPoints(promised)}`;
  return { value: text, isNear: before - after < 0.75 * (before - promised) };
}
