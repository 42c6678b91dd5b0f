import type { Refusal } from '@/lib/contract/v1/acts';
import type { MoveStep, Scene } from '@/lib/contract/v1/scene';
import { formatNames, formatThings } from '@/lib/format';
import { refusal } from '../acts/refusal';
import type { ApprovedMove } from '../careful/careful-run';
import { sayGrounds } from '../cluster/must-not-move';
import { reviewPlan } from '../review/review';

/** Whether the moves that a person has approved still empty the host as that person saw it. */

export type ApprovedDrain = {
  host: string;
  moves: ApprovedMove[];
  /** Ids of VMs that stay, as the person knows. */
  stays: string[];
};

/** All reasons, the hardest first; empty if the moves may begin. @param scene as it is now, with all VMs of the host */
export function refuseMoves(scene: Scene, approved: ApprovedDrain): Refusal[] {
  return [
    whyNothing(approved),
    whyOthers(scene, approved),
    whyMarked(scene, approved),
    whyFailing(scene, approved),
  ].filter((reason) => reason !== null);
}

const whyNothing = ({ moves, host }: ApprovedDrain): Refusal | null =>
  moves.length > 0 ? null : refusal('nothing-left', `No VM of ${host} was chosen to move.`);

function whyOthers({ vms }: Scene, { host, moves, stays }: ApprovedDrain): Refusal | null {
  const there = vms.filter((vm) => vm.host === host);
  const known = new Set([...moves.map(({ vmId }) => vmId), ...stays]);
  const ids = new Set(there.map(({ id }) => id));
  const landed = there.filter(({ id }) => !known.has(id)).map(({ name }) => name);
  const left = moves.filter(({ vmId, source }) => !ids.has(vmId) || source !== host).map(({ vmName }) => vmName);
  if (landed.length + left.length === 0) return null;
  const parts = [
    ...(landed.length === 0 ? [] : [`${formatNames(landed)} ${landed.length === 1 ? 'has' : 'have'} landed on it`]),
    ...(left.length === 0 ? [] : [`${formatNames(left)} ${left.length === 1 ? 'has' : 'have'} left it`]),
  ];
  return refusal('changed', `${host} has changed since you looked: ${parts.join(', ')}.`);
}

/** Nobody can name one all the same: a drain leaves such VMs, and says so. */
function whyMarked({ vms }: Scene, { moves }: ApprovedDrain): Refusal | null {
  const wanted = new Set(moves.map(({ vmId }) => vmId));
  const marked = vms.filter(({ id, must_not_move: grounds }) => grounds !== undefined && wanted.has(id));
  const [first] = marked;
  if (!first) return null;
  const names = formatNames(marked.map(({ name }) => name));
  const text = `${names} must not move: ${sayGrounds(first.must_not_move ?? [])}.`;
  return refusal('must-not-move', text, { moves: marked.map(({ id }) => id) });
}

function whyFailing(scene: Scene, { moves }: ApprovedDrain): Refusal | null {
  const { moves: reviewed, hosts } = reviewPlan({ ...scene, steps: moves.map(toStep) });
  const failing = reviewed.filter(({ verdict }) => verdict === 'would-fail');
  if (failing.length > 0) {
    const names = formatNames(failing.map(({ vm_name: name }) => name));
    const [first] = failing;
    const text = `${formatThings(failing.length, 'move')} would fail now: ${names}. ${first?.reasons[0]?.text ?? ''}`;
    return refusal('would-fail', text.trim(), { moves: failing.map(({ vm_id: id }) => id) });
  }
  const targets = new Set(moves.map(({ destination }) => destination));
  const isOver = (share: number | null) => share !== null && share > 100;
  const full = hosts
    .filter(({ host, cpu_after: cpu, ram_after: ram }) => targets.has(host) && (isOver(cpu) || isOver(ram)))
    .map(({ host }) => host);
  return full.length === 0
    ? null
    : refusal(
        'would-fail',
        `${formatNames(full)} would need more CPU or RAM than ${full.length === 1 ? 'it has' : 'they have'}.`,
      );
}

/** Two at a time, as Watcher begins them. */
const toStep = ({ vmId, vmName, source, destination, live }: ApprovedMove, i: number): MoveStep => ({
  kind: 'migrate',
  action_id: vmId,
  wave: 1 + Math.floor(i / 2),
  state: 'PENDING',
  status_message: null,
  vm_id: vmId,
  vm_name: vmName,
  live,
  source,
  destination,
  destination_named: null,
  happened: null,
});
