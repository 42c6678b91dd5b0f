import type { Refusal } from '@/lib/contract/v1/acts';
import type { DrainView } from '@/lib/contract/v1/drain';
import type { Scene } from '@/lib/contract/v1/scene';
import { formatNames, formatThings } from '@/lib/format';
import type { Audit } from '@/lib/openstack/records';
import { refusal } from '../acts/refusal';
import { isOver } from '../plans/states';
import type { DrainProof } from './proof';
import { type DrainMeans, type HostFacts, refuseBusy, whyUnknown } from './refuse';

/**
 * Draining by Watcher's strategy host_maintenance, where it doesn't offer the one that runs exactly the proven moves. Here it
 * only makes a plan: somebody decides on that as on any other.
 */

export const MAINTENANCE = { goal: 'cluster_maintaining', strategy: 'host_maintenance' } as const;

type Warned = {
  /** Hosts that it may open to move everything there. */
  reopens: string[];
  /** Whether Watcher leaves a host alone that is closed already; null if nobody knows. */
  skipsClosed: boolean | null;
};

/** What a person must know before, a sentence each. */
export const maintenanceWarnings = ({ reopens, skipsClosed }: Warned): string[] => [
  'host_maintenance takes every VM, also those you would leave, and ignores your list of VMs that must not move.',
  'It chooses targets itself: those of the proof only show that there is room.',
  ...(reopens.length === 0
    ? []
    : [
        `It may open ${formatNames(reopens)}, which Watcher left disabled, and move every VM there: look for that in its plan.`,
      ]),
  ...(skipsClosed
    ? []
    : ['Its plan replaces your reason in Nova with its own (watcher_maintaining); the journal keeps yours.']),
  'Nothing opens the host again.',
];

/** What has become of it, as far as it goes on. */
export type Maintained = {
  audit: Pick<Audit, 'id' | 'name' | 'state' | 'createdAt'>;
  /** Its newest plan, with the ids of the VMs that it moves; null if there is none, or none with actions yet. */
  plan: { id: string; state: string; moves: ReadonlySet<string> } | null;
};

/** A host as it is now. `closedAt`: ms, null unless it was closed here. */
type Here = { vms: { id: string; name: string }[]; closedAt: number | null };

/** null if it is over; without a plan, if it was asked for before the host was closed. */
export function describeMaintenance({ audit, plan }: Maintained, { vms, closedAt }: Here): DrainView['maintenance'] {
  const base = { audit_id: audit.id, audit_name: audit.name, plan_id: plan?.id ?? null, missing: [] };
  if (audit.state === 'PENDING' || audit.state === 'ONGOING')
    return { ...base, phase: 'asked', text: 'Watcher makes a plan of host_maintenance.' };
  if (plan === null || plan.moves.size === 0) {
    if (closedAt === null || audit.createdAt < closedAt) return null;
    return { ...base, phase: 'nothing', text: `host_maintenance has made no plan: its audit is ${audit.state}.` };
  }
  if (isOver(plan.state)) return null;
  const missing = vms.filter(({ id }) => !plan.moves.has(id)).map(({ name }) => name);
  const phase = plan.state === 'RECOMMENDED' ? 'waits' : 'runs';
  const text =
    phase === 'waits'
      ? `A plan of host_maintenance with ${formatThings(plan.moves.size, 'move')} waits for your decision.`
      : `The plan of host_maintenance is ${plan.state}.`;
  const stale =
    missing.length === 0
      ? ''
      : ` It leaves ${formatNames(missing, 5)} here: Watcher’s model of the cloud, which may be an hour old, has ${missing.length === 1 ? 'it' : 'them'} elsewhere.`;
  return { ...base, phase, text: `${text}${stale}`, missing };
}

type Asked = {
  facts: HostFacts;
  means: DrainMeans;
  proof: DrainProof;
  scene: Scene;
  maintenance: DrainView['maintenance'];
};

/** Why no plan of host_maintenance may be asked for, the hardest first. */
export function refuseMaintenance({ facts, means, proof, scene, maintenance }: Asked): Refusal[] {
  const reasons = [
    whyUnknown(facts),
    ...refuseBusy(facts),
    whyNotOffered(means),
    maintenance === null || maintenance.phase === 'nothing' ? null : refusal('already-started', maintenance.text),
    proof.vms.length === 0 ? refusal('nothing-left', `No VM is on ${proof.host}.`) : null,
    whyBlocked(proof, scene),
  ];
  return reasons.filter((reason) => reason !== null);
}

function whyNotOffered({ hasActuator, hasMaintenance }: DrainMeans): Refusal | null {
  if (hasActuator === true)
    return refusal('not-offered', 'This Watcher offers the strategy actuator, which moves only what was proven.');
  if (hasMaintenance === true && hasActuator === false) return null;
  return refusal(
    'not-offered',
    hasMaintenance === false
      ? 'This Watcher offers neither actuator nor host_maintenance.'
      : 'Watcher does not say which strategies it offers.',
  );
}

/** It would move running VMs live and all others cold, whether or not they can, may, or have a place. */
function whyBlocked({ vms }: DrainProof, scene: Scene): Refusal | null {
  const paused = new Set(scene.vms.filter(({ status }) => status === 'PAUSED').map(({ id }) => id));
  const blocking = vms.filter(({ id, kind }) => kind === 'blocks' || kind === 'cold' || paused.has(id));
  if (blocking.length === 0) return null;
  const names = formatNames(blocking.map(({ name }) => name));
  const why = blocking[0]?.text ?? '';
  return refusal(
    'would-fail',
    `host_maintenance would take ${names} too, which can’t move as it would. ${why}`.trim(),
    {
      moves: blocking.map(({ id }) => id),
    },
  );
}

/** Watcher cuts longer names without a word. */
const LONGEST = 63;
const UNIQUE = 8;

/** A name that no other audit has. @param id of something unique */
export const auditNameFor = (host: string, id: string): string =>
  `${`drain-${host}`.slice(0, LONGEST - UNIQUE - 1)}-${id.slice(0, UNIQUE)}`;
