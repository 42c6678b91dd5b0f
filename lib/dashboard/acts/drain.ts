import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { DrainView } from '@/lib/contract/v1/drain';
import type { Scene } from '@/lib/contract/v1/scene';
import { liveAppliers } from '@/lib/domain/acts/facts';
import { describeProof } from '@/lib/domain/drain/describe';
import { describeClosed } from '@/lib/domain/drain/describe-closed';
import { type DrainProof, proveDrain } from '@/lib/domain/drain/proof';
import { type DrainMeans, refuseClose, refuseDrain, refuseOpen } from '@/lib/domain/drain/refuse';
import { isCurrent, isRunning } from '@/lib/domain/plans/states';
import { listMoves } from '@/lib/domain/plans/steps';
import { setScene } from '@/lib/domain/projection/scene';
import { listWatcherServices } from '@/lib/openstack/watcher-health';
import { SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { type ReadingSet, readingStates } from '../collect/reading-set';
import { takeStrategies } from '../collect/review-readings';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { listDraining, placingOf } from '../views/plan-scene';
import { orNothing, type View } from '../views/view';
import { listRuns } from './kept-run';
import { digestOfHost, type HostLook, lookAtHost } from './look-at-host';
import { permissionOf, refusePerson } from './permission';
import { summarizeRun } from './summarize-run';

/** The proof that a host can be drained, with the cloud as it is now. */
export async function proveNow({ host, readings }: HostLook): Promise<{ scene: Scene; proof: DrainProof }> {
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
  const [{ scene, proof }, means, run] = await Promise.all([
    proveNow(look),
    meansOf(readings),
    theStore() === null ? null : listRuns(region, { object: host.name, limit: 1 }),
  ]);
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
    way: wayOf(means),
    seen: digestOfHost(look),
    permission,
    close: [...own, ...refuseClose(facts)],
    drain: [...own, ...refuseDrain(facts, means)],
    open: [...own, ...refuseOpen(facts)],
    run: run?.[0] ? summarizeRun(run[0]) : null,
    readings: readingStates(readings),
  };
}

/** A page may show a proof this old; what acts reads the cloud again. */
const LOOKED_MS = 10 * SECOND_MS;

/** For the page. @returns null if there is no such host */
export const readDrain = (region: RegionId, name: string, headers: HeaderReader): Promise<View<DrainView> | null> =>
  orNothing(async () =>
    viewDrain(region, { name, since: Date.now() - LOOKED_MS }, { visitor: await requireVisitor(), headers }),
  );

export async function meansOf(readings: ReadingSet): Promise<DrainMeans> {
  const { session } = readings.sources;
  const [strategies, services] = await Promise.all([
    takeStrategies(readings),
    listWatcherServices(session).catch(() => null),
  ]);
  return {
    hasActuator: strategies.value?.some(({ name }) => name === 'actuator') ?? null,
    appliers: services && liveAppliers({ services }).length,
  };
}

/** Only the strategy `actuator` makes a plan of moves with given targets. */
function wayOf({ hasActuator }: DrainMeans): DrainView['way'] {
  switch (hasActuator) {
    case true:
      return { offered: true, text: 'As plans with exactly these moves and targets (strategy actuator).' };
    case false:
      return {
        offered: false,
        text: 'This Watcher does not offer the strategy actuator, so these moves can’t be carried out from here. Its strategy host_maintenance takes every VM, also those that are to stay, and chooses the targets itself.',
      };
    case null:
      return { offered: false, text: 'Watcher does not say which strategies it offers.' };
  }
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
