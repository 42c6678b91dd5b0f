import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { DrainView } from '@/lib/contract/v1/drain';
import { describeProof } from '@/lib/domain/drain/describe';
import { describeClosed } from '@/lib/domain/drain/describe-closed';
import { diskToCopy } from '@/lib/domain/drain/disks';
import { refuseMaintenance } from '@/lib/domain/drain/maintenance';
import { withoutMoving } from '@/lib/domain/drain/on-the-way';
import { refuseClose, refuseDrain, refuseOpen } from '@/lib/domain/drain/refuse';
import { isCurrent, isRunning } from '@/lib/domain/plans/states';
import { runOfStep } from '@/lib/domain/plans/step-audits';
import { listMoves } from '@/lib/domain/plans/steps';
import { SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { type ReadingSet, readingStates } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { orNothing, type View } from '../views/view';
import { maintenanceOf, meansOf, wayOf } from './drain-way';
import { listRuns } from './kept-run';
import { digestOfHost, lookAtHost } from './look-at-host';
import { permissionOf, refusePerson } from './permission';
import { proveNow } from './prove-now';
import { summarizeRun } from './summarize-run';
import { zoneRoom } from './zone-room';

/** @returns null if there is no such host */
export async function viewDrain(
  region: RegionId,
  { name, since }: { name: string; since: number },
  { visitor, headers }: { visitor: Visitor; headers: HeaderReader },
): Promise<DrainView | null> {
  const [look, permission] = await Promise.all([
    lookAtHost(region, name, since),
    permissionOf(visitor, headers, region),
  ]);
  if (look === null) return null;
  const { host, facts, readings } = look;
  const [{ scene, proof: proven }, means, run] = await Promise.all([
    proveNow(look),
    meansOf(readings),
    theStore() === null ? null : listRuns(region, { object: host.name, limit: 1 }),
  ]);
  const { state, status } = host.hypervisor;
  const isClosed = facts.service === null ? status === 'disabled' : !facts.service.isOpen;
  const own = refusePerson(permission);
  const newest = run?.[0]?.run ?? null;
  const proof = withoutMoving(proven, newest);
  const placed = new Set(proof.vms.flatMap(({ id, move }) => (move?.destination ? [id] : [])));
  const maintenance = maintenanceOf(look);
  return {
    host: host.name,
    state,
    status,
    made_at: facts.now,
    ...describeProof(proof, scene, await zoneRoom(look, proof)),
    disk_to_copy: diskToCopy(host.servers.filter(({ id }) => placed.has(id))),
    closed: isClosed ? describeClosed(look.reason) : null,
    plans: listPlans(readings, host.name).filter(
      // Those of its own run are what the page is about.
      ({ plan_id: id, audit_name: audit }) =>
        id !== maintenance?.plan_id && (newest === null || runOfStep(audit) !== newest.id.slice(0, 8)),
    ),
    way: wayOf(means, look, scene.checks_moves),
    seen: digestOfHost(look),
    permission,
    close: [...own, ...refuseClose(facts)],
    drain: [...own, ...refuseDrain(facts, means)],
    maintain: [...own, ...refuseMaintenance({ facts, means, proof: proven, scene, maintenance })],
    maintenance,
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

function listPlans(readings: ReadingSet, host: string): DrainView['plans'] {
  const { index } = clusterOf(readings);
  return auditCasesOf(readings).flatMap(({ audit, shown, actions }) => {
    if (!shown || !(isCurrent(shown.state) || isRunning(shown.state))) return [];
    const leaving = listMoves(actions[shown.id] ?? [], index).filter(({ source }) => source === host);
    const vms = new Set(leaving.map(({ vm_id: id }) => id)).size;
    return vms === 0
      ? []
      : [{ audit_id: audit.id, plan_id: shown.id, audit_name: audit.name, plan_state: shown.state, vms }];
  });
}
