import 'server-only';
import type { Refusal } from '@/lib/contract/v1/acts';
import type { DrainView } from '@/lib/contract/v1/drain';
import { liveAppliers } from '@/lib/domain/acts/facts';
import { describeClosed } from '@/lib/domain/drain/describe-closed';
import {
  describeMaintenance,
  MAINTENANCE,
  type Maintained,
  maintenanceWarnings,
  refuseMaintenance,
} from '@/lib/domain/drain/maintenance';
import type { DrainMeans } from '@/lib/domain/drain/refuse';
import { listMoves } from '@/lib/domain/plans/steps';
import { listWatcherServices } from '@/lib/openstack/watcher-health';
import { auditCasesOf, clusterOf } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import { takeStrategies } from '../collect/review-readings';
import type { HostLook } from './look-at-host';
import { proveNow } from './prove-now';

/** How the VMs of a host can be moved off it in this cloud. */

export async function meansOf(readings: ReadingSet): Promise<DrainMeans> {
  const { session } = readings.sources;
  const [strategies, services] = await Promise.all([
    takeStrategies(readings),
    listWatcherServices(session).catch(() => null),
  ]);
  const offers = (wanted: string) => strategies.value?.some(({ name }) => name === wanted) ?? null;
  return {
    hasActuator: offers('actuator'),
    hasMaintenance: offers(MAINTENANCE.strategy),
    appliers: services && liveAppliers({ services }).length,
  };
}

/**
 * Only the strategy `actuator` makes a plan of moves with given targets.
 *
 * @param skipsClosed whether this Watcher leaves a host alone that is closed already: since it checks its actions first
 */
export function wayOf(
  { hasActuator, hasMaintenance }: DrainMeans,
  { host, readings }: HostLook,
  skipsClosed: boolean | null,
): DrainView['way'] {
  switch (hasActuator) {
    case true:
      return {
        offered: true,
        text: 'As plans with exactly these moves and targets (strategy actuator).',
        warnings: [],
      };
    case false:
      return hasMaintenance
        ? {
            offered: false,
            text: 'This Watcher does not offer the strategy actuator. Its strategy host_maintenance can make a plan instead, which you look at and start.',
            warnings: maintenanceWarnings({ reopens: listLeftByWatcher(readings, host.name), skipsClosed }),
          }
        : {
            offered: false,
            text: 'This Watcher offers neither of the strategies actuator and host_maintenance, so these moves can’t be carried out from here.',
            warnings: [],
          };
    case null:
      return { offered: false, text: 'Watcher does not say which strategies it offers.', warnings: [] };
  }
}

/** Hosts that host_maintenance takes for a reserve: up, and disabled by a consolidation. */
const listLeftByWatcher = (readings: ReadingSet, except: string): string[] =>
  clusterOf(readings).hosts.flatMap(({ name, hypervisor: { state, status, disabledReason } }) =>
    name !== except && state === 'up' && status === 'disabled' && disabledReason === 'watcher_disabled' ? [name] : [],
  );

/** The newest plan of host_maintenance for a host, as far as it goes on. */
export function maintenanceOf({ host, facts, reason, readings }: HostLook): DrainView['maintenance'] {
  const { index } = clusterOf(readings);
  const found = auditCasesOf(readings).find(
    ({ audit }) => audit.strategy === MAINTENANCE.strategy && audit.parameters.maintenance_node === host.name,
  );
  if (found === undefined) return null;
  const { audit, shown, actions } = found;
  const plan: Maintained['plan'] = shown && {
    id: shown.id,
    state: shown.state,
    moves: new Set(listMoves(actions[shown.id] ?? [], index).flatMap(({ vm_id: id }) => id ?? [])),
  };
  const closedAt = facts.service?.isOpen === false ? describeClosed(reason).since : null;
  return describeMaintenance({ audit, plan }, { vms: host.servers, closedAt });
}

/** Why Watcher can’t be asked for a plan of host_maintenance. */
export async function refuseMaintainNow(look: HostLook): Promise<Refusal[]> {
  const [{ scene, proof }, means] = await Promise.all([proveNow(look), meansOf(look.readings)]);
  return refuseMaintenance({ facts: look.facts, means, proof, scene, maintenance: maintenanceOf(look) });
}
