import 'server-only';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { ApprovedMove } from '@/lib/domain/careful/careful-run';
import { sayGrounds } from '@/lib/domain/cluster/must-not-move';
import { setScene } from '@/lib/domain/projection/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import type { Action } from '@/lib/openstack/records';
import type { ReadingSet } from '../collect/reading-set';
import { listDraining, placingOf } from '../views/plan-scene';

/** The moves of a careful run, reviewed as the moves of a plan are. */

const asAction = ({ vmId, vmName, source, destination, live }: ApprovedMove, i: number): Action => ({
  id: `move-${i}`,
  planId: '',
  type: 'migrate',
  state: 'PENDING',
  parameters: {
    resource_id: vmId,
    resource_name: vmName,
    source_node: source,
    destination_node: destination,
    migration_type: live ? 'live' : 'cold',
  },
  parents: i === 0 ? [] : [`move-${i - 1}`],
  statusMessage: null,
  createdAt: null,
  updatedAt: null,
});

/**
 * @param readings with all readings
 * @param drained the host that the run drains itself
 */
export async function sceneOf(readings: ReadingSet, moves: ApprovedMove[], drained: string | null): Promise<Scene> {
  const destinations = [...new Set(moves.map(({ destination }) => destination))];
  const others = (await listDraining(readings)).filter(({ host }) => host !== drained);
  return setScene({
    ...(await placingOf(readings, 'careful', { named: destinations })),
    actions: moves.map(asAction),
    happened: new Map(),
    use: readings.planLoad?.value?.use ?? {},
    draining: new Map(others.map(({ host, text }) => [host, text])),
    excluded: [],
    onlyMoved: true,
  });
}

/** What speaks against each move, in the order in which they will run; null if nothing does. */
export function checkMoves(scene: Scene, moves: ApprovedMove[]): { move: ApprovedMove; problem: string | null }[] {
  const { moves: reviewed } = reviewPlan(scene, { ...noVariant(), anyway: namedIn(moves) });
  return moves.map((move, i) => {
    const found = reviewed[i];
    // A VM that has left its host is another move than the one that was approved, and newer releases of Watcher skip it.
    const isElsewhere = found?.reasons.some(({ check }) => check === 'source') ?? false;
    const isBad = found?.verdict === 'would-fail' || found?.verdict === null || isElsewhere;
    return { move, problem: isBad ? whyNot(found) : null };
  });
}

/** A mark may have been set since the moves were approved. */
function whyNot(found: ReviewedMove | undefined): string {
  const { change, must_not_move: grounds, reasons = [] } = found ?? {};
  if (change === 'left-out' && grounds) return `It must not move: ${sayGrounds(grounds)}.`;
  const why = reasons.find(({ check }) => check === 'source') ?? reasons[0];
  return why?.text ?? 'It would do nothing.';
}

/** Numbers of the moves that a person named although their VMs must not move. */
const namedIn = (moves: ApprovedMove[]): Set<number> =>
  new Set(moves.flatMap(({ anyway }, i) => (anyway ? [i + 1] : [])));

/** The spread now, and after the first moves; in points, null if it is not known. */
export function spreadsOf(
  scene: Scene,
  moves: ApprovedMove[],
  first: ApprovedMove[],
): { now: number | null; after: number | null } {
  const wanted = new Set(first.map(({ vmId }) => vmId));
  const off = new Set(moves.flatMap(({ vmId }, i) => (wanted.has(vmId) ? [] : [i + 1])));
  const { now, after } = reviewPlan(scene, { ...noVariant(), off, anyway: namedIn(moves) });
  return { now: now.cpu?.spread ?? null, after: after.cpu?.spread ?? null };
}
