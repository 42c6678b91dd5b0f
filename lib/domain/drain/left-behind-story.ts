import { formatThings } from '@/lib/format';
import { closes, type HostPlan, leaves } from './out-of-service';

/** How a plan of Watcher left a host behind, told from its actions and from what people did here. */

export type StoryEvent = {
  /** ms; null if nobody knows, and for what has been so since. */
  at: number | null;
  kind: 'started' | 'closed' | 'ended' | 'since';
  text: string;
};

type Known = {
  host: string;
  reason: string | null;
  /** On the host now. */
  vms: number;
  plan: HostPlan;
  /** Starts and stops of the plan from here, in any order; ms. */
  acts: { kind: 'start' | 'stop'; at: number; person: string }[];
};

export function tellLeftBehind({ host, reason, vms, plan, acts }: Known): StoryEvent[] {
  const moves = plan.steps.filter(leaves(host));
  const closing = plan.steps.find(closes(host));
  const left = moves.filter(({ state }) => state === 'SUCCEEDED').length;
  const had = `${left} of ${formatThings(moves.length, 'VM')} had left it`;
  const start = acts.filter(({ kind }) => kind === 'start').sort((a, b) => b.at - a.at)[0];
  const stop = acts.filter(({ kind, at }) => kind === 'stop' && at >= (start?.at ?? 0)).sort((a, b) => a.at - b.at)[0];
  const isFirst = closing !== undefined && moves.some(({ wave }) => wave > closing.wave);
  return [
    start === undefined
      ? { at: null, kind: 'started', text: `${plan.name} was started, not from here` }
      : { at: start.at, kind: 'started', text: `${start.person} started ${plan.name}` },
    {
      at: closing?.updatedAt ?? null,
      kind: 'closed',
      text: `Watcher disabled the host${isFirst ? ' before it moved its VMs' : ''}${reason === null ? '' : `, reason ${reason}`}`,
    },
    stop === undefined
      ? { at: plan.updatedAt, kind: 'ended', text: `the plan ended ${plan.state}: ${had}` }
      : { at: stop.at, kind: 'ended', text: `${stop.person} stopped the plan: ${had}` },
    {
      at: null,
      kind: 'since',
      text: `no plan works on it, no new VM is placed on it, ${vms === 0 ? 'and it is empty' : `${formatThings(vms, 'VM runs', 'VMs run')} on`}`,
    },
  ];
}
