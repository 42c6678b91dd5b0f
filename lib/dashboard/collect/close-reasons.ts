import 'server-only';
import { readCloseReason, WATCHER_MAINTAINS } from '@/lib/domain/drain/reason';
import { isRecord } from '@/lib/is-record';
import type { Hypervisor } from '@/lib/openstack/records';
import type { RegionId } from '../process/region';
import { askJournal, isDone } from '../sources/ask-journal';

/** Acts after which a host takes no new VMs, and the one after which it takes them again. */
export const CLOSING_ACTS = ['close-host', 'drain-host', 'maintain-host'];
export const OPENING_ACT = 'open-host';

/** The reasons that people gave for hosts which are closed since, by host, as Nova had them. */
export type CloseReasons = ReadonlyMap<string, string>;

type Host = { host: string; disabledReason: string | null };

/**
 * Before 2026.1, host_maintenance writes its own reason over that of the person who closed the host, which the journal keeps.
 *
 * @returns empty if the journal can't be read
 */
export async function takeCloseReasons(region: RegionId, hosts: Host[]): Promise<CloseReasons> {
  const names = hosts.flatMap(({ host, disabledReason }) =>
    disabledReason?.trim() === WATCHER_MAINTAINS ? [host] : [],
  );
  if (names.length === 0) return new Map();
  const found =
    (await askJournal((journal) =>
      journal.listOn({ region, objectIds: names, acts: [...CLOSING_ACTS, OPENING_ACT] }),
    )) ?? [];
  const reasons = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of found) {
    // The newest that did something decides.
    if (seen.has(entry.objectId) || !hasTurned(entry)) continue;
    seen.add(entry.objectId);
    const text = isRecord(entry.request) ? entry.request.nova_reason : null;
    if (entry.act !== OPENING_ACT && typeof text === 'string' && readCloseReason(text) !== null)
      reasons.set(entry.objectId, text);
  }
  return reasons;
}

/** Whether an act has closed or opened its host. One that failed in part has closed it. */
export const hasTurned = (entry: Parameters<typeof isDone>[0]): boolean =>
  isDone(entry) || (CLOSING_ACTS.includes(entry.act) && entry.outcomes.at(-1)?.outcome === 'failed');

/** Hosts as Nova has them, but with the reasons that people gave for closing them. */
export async function withCloseReasons(region: RegionId, hosts: Hypervisor[]): Promise<Hypervisor[]> {
  const reasons = await takeCloseReasons(region, hosts);
  return hosts.map((one) => ({ ...one, disabledReason: reasons.get(one.host) ?? one.disabledReason }));
}
