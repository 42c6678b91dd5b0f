import type { RunFact } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatCount, formatNames, formatThings } from '@/lib/format';
import type { Action } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { type MovesKnown, NO_MOVES, sayAfterMove } from '../cluster/vm-moves';
import { type ByAction, listSteps } from '../plans/steps';
import { hasMoved } from './run-counts';

/** What remains of a run that somebody may have to see to. */

/** Hosts that the plan has disabled, and enabled no more. */
export function listDisabled(actions: Action[], { index, byName }: Cluster): string[] {
  const last = new Map<string, boolean>();
  for (const step of listSteps(actions, index)) {
    if (step.kind === 'service' && step.state === 'SUCCEEDED') last.set(step.host, step.enable);
  }
  return [...last].flatMap(([host, enable]) =>
    enable || byName.get(host)?.hypervisor.status === 'enabled' ? [] : [host],
  );
}

type Given = {
  moves: RunMove[];
  actions: Action[];
  happened: ByAction;
  cluster: Cluster;
  /** What Nova recorded of the last days, as far as it was read. */
  moved: MovesKnown;
};

export function describeLeftBehind(given: Given): RunFact[] {
  const { moves, actions, cluster } = given;
  const named = (word: RunMove['word']) => moves.filter((move) => move.word === word).map(({ vm_name: name }) => name);
  const disabled = listDisabled(actions, cluster);
  const unconfirmed = named('unconfirmed');
  const running = named('gave-up');
  const leftOut = named('left-out').length;
  return [
    ...(disabled.length + unconfirmed.length === 0
      ? [fact('ok', null, 'No host is left disabled, no VM waits to be confirmed')]
      : []),
    ...(disabled.length === 0
      ? []
      : [fact('warn', formatNames(disabled, 5), `${disabled.length === 1 ? 'stays' : 'stay'} disabled`)]),
    ...(unconfirmed.length === 0
      ? []
      : [fact('warn', formatNames(unconfirmed, 5), `${unconfirmed.length === 1 ? 'waits' : 'wait'} to be confirmed`)]),
    ...(running.length === 0
      ? []
      : [fact('warn', formatNames(running, 5), `${running.length === 1 ? 'is' : 'are'} still being moved by Nova`)]),
    ...agreement(given),
    ...(leftOut === 0
      ? []
      : [fact('plain', null, `${formatThings(leftOut, 'move')} ${leftOut === 1 ? 'was' : 'were'} left out`)]),
    ...movedOften(given),
  ];
}

const fact = (tone: RunFact['tone'], lead: string | null, text: string): RunFact => ({ tone, lead, text });

function agreement({ moves, happened }: Given): RunFact[] {
  const of = (isWanted: (said: { differs: boolean; result: string }) => boolean) =>
    moves.filter(({ action_id: id, word }) => {
      const said = happened.get(id);
      if (said === undefined) return false;
      // Nova's own record of the run is newer, or is about to say the same as Watcher.
      const isOld = said.result === 'running' && (word === 'done' || word === 'switching-over');
      return !isOld && isWanted(said);
    });
  const [differing, unknown] = [of(({ differs }) => differs), of(({ result }) => result === 'unknown')];
  if (differing.length > 0) {
    const names = formatNames(
      differing.map(({ vm_name: name }) => name),
      5,
    );
    return [fact('warn', `Nova and Watcher disagree about ${formatThings(differing.length, 'move')}:`, names)];
  }
  if (unknown.length > 0)
    return [fact('plain', null, `What Nova did is unknown for ${formatThings(unknown.length, 'move')}`)];
  const moved = moves.filter(hasMoved).length;
  return moved === 0
    ? []
    : [fact('ok', null, `Nova and Watcher agree on ${moved === 1 ? 'the move' : `all ${formatCount(moved)} moves`}`)];
}

const MOST_NAMED = 5;

/** VMs that go to and fro, the worst first. */
function movedOften({ moves, moved: { history, byVm } }: Given): RunFact[] {
  const arrived = moves.filter(hasMoved);
  if (arrived.length === 0) return [];
  if (history.as_of === null) return [fact('plain', null, `Whether VMs move too often is unknown. ${history.reason}`)];
  const found = arrived
    .flatMap(({ vm_id: id, vm_name: name, destination }) => {
      const known = byVm.get(id ?? '') ?? NO_MOVES;
      const text = sayAfterMove(known, destination);
      return text === null ? [] : [{ name, text, known }];
    })
    .sort((a, b) => b.known.returns - a.known.returns || b.known.in_7_days - a.known.in_7_days);
  const more = found.length - MOST_NAMED;
  return [
    ...found.slice(0, MOST_NAMED).map(({ name, text }) => fact('warn', name, text)),
    ...(more > 0
      ? [fact('warn', null, `${formatThings(more, 'more VM moves', 'more VMs move')} too often, or back`)]
      : []),
  ];
}
