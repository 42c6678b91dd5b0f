import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { DrainView } from '@/lib/contract/v1/drain';
import type { Scene } from '@/lib/contract/v1/scene';
import { describeClosed, describeProof } from '@/lib/domain/drain/describe';
import { type DrainProof, proveDrain } from '@/lib/domain/drain/proof';
import { refuseClose, refuseOpen } from '@/lib/domain/drain/refuse';
import { isCurrent, isRunning } from '@/lib/domain/plans/states';
import { listMoves } from '@/lib/domain/plans/steps';
import { setScene } from '@/lib/domain/projection/scene';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { type ReadingSet, readingStates } from '../collect/reading-set';
import { takeStrategies } from '../collect/review-readings';
import type { RegionId } from '../process/region';
import { listDraining, placingOf } from '../views/plan-scene';
import { digestOfHost, type HostLook, lookAtHost } from './look-at-host';
import { permissionOf, refusePerson } from './permission';

/** The proof that a host can be drained, with the cloud as it is now. */
async function proveNow({ host, readings }: HostLook): Promise<{ scene: Scene; proof: DrainProof }> {
  const others = clusterOf(readings).hosts.map(({ name }) => name);
  const parts = await placingOf(readings, `drain ${host.name}`, { named: others });
  const scene = setScene({
    ...parts,
    actions: [],
    happened: new Map(),
    use: readings.planLoad?.value?.use ?? {},
    draining: new Map(listDraining(readings).map(({ host: name, text }) => [name, text])),
    drained: [host.name],
    excluded: [],
  });
  return { scene, proof: proveDrain(scene, host.name) };
}

/** @returns null if there is no such host */
export async function viewDrain(
  region: RegionId,
  { name, since }: { name: string; since: number },
  { visitor, headers }: { visitor: Visitor; headers: HeaderReader },
): Promise<DrainView | null> {
  const [look, permission] = await Promise.all([lookAtHost(region, name, since), permissionOf(visitor, headers)]);
  if (look === null) return null;
  const { host, facts, readings } = look;
  const [{ scene, proof }, way] = await Promise.all([proveNow(look), wayOf(readings)]);
  const { state, status, disabledReason } = host.hypervisor;
  const isClosed = facts.service === null ? status === 'disabled' : !facts.service.isOpen;
  const own = refusePerson(permission);
  return {
    host: host.name,
    state,
    status,
    made_at: facts.now,
    ...describeProof(proof, scene),
    closed: isClosed ? describeClosed(facts.service?.reason ?? disabledReason) : null,
    plans: listPlans(readings, host.name),
    way,
    seen: digestOfHost(look),
    permission,
    close: [...own, ...refuseClose(facts)],
    open: [...own, ...refuseOpen(facts)],
    readings: readingStates(readings),
  };
}

/** Whether moves with given targets can be asked for: only the strategy `actuator` makes a plan of them. */
async function wayOf(readings: ReadingSet): Promise<DrainView['way']> {
  const { value } = await takeStrategies(readings);
  const offered = value?.some(({ name }) => name === 'actuator') ?? false;
  if (value === null) return { offered, text: 'Watcher does not say which strategies it offers.' };
  return {
    offered,
    text: offered
      ? 'As plans with exactly these moves and targets (strategy actuator).'
      : 'This Watcher does not offer the strategy actuator, so these moves can’t be carried out from here. Its strategy host_maintenance takes every VM, also those that are to stay, and chooses the targets itself.',
  };
}

function listPlans(readings: ReadingSet, host: string): DrainView['plans'] {
  const { index } = clusterOf(readings);
  return auditCasesOf(readings).flatMap(({ audit, shown, actions }) => {
    if (!shown || !(isCurrent(shown.state) || isRunning(shown.state))) return [];
    const leaving = listMoves(actions[shown.id] ?? [], index).filter(({ source }) => source === host);
    const vms = new Set(leaving.map(({ vm_id: id }) => id)).size;
    return vms === 0 ? [] : [{ audit_id: audit.id, plan_id: shown.id, name: audit.name, state: shown.state, vms }];
  });
}
