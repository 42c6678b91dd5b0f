import { type CarefulRun, hasArrived } from './careful-run';

/** How far it is. `moved`: VMs that have arrived. */
export const progressOf = (run: CarefulRun): { moved: number; wrong: number; left: number; of: number } => {
  const results = run.steps.flatMap((step) => step.results);
  const moved = results.filter(hasArrived).length;
  const under = run.steps.filter(({ endedAt }) => endedAt === null).reduce((sum, { moves }) => sum + moves.length, 0);
  const left = run.left.length + under;
  return { moved, wrong: results.length - moved, left, of: results.length + left + run.dropped.length };
};
