import type { Server } from '@/lib/openstack/records';

/** What happened to a VM between two readings. Creations are not among them: a VM itself says when it was created. */
export type VmChange = {
  serverId: string;
  name: string;
  kind: 'deleted' | 'started' | 'stopped';
  /** The host it was on, as Nova names it. */
  host: string;
  at: number;
};

/** Only the newest are kept. */
const MOST = 1_000;

/** https://docs.openstack.org/api-guide/compute/server_concepts.html */
const OFF = new Set(['SHUTOFF', 'SUSPENDED', 'PAUSED', 'SHELVED', 'SHELVED_OFFLOADED']);

function kindOf(before: Server, now: Server): VmChange['kind'] | null {
  if (now.status === 'DELETED') return 'deleted';
  if (OFF.has(before.status)) return now.status === 'ACTIVE' ? 'started' : null;
  return OFF.has(now.status) ? 'stopped' : null;
}

/** Adds the changes that a reading brought to those that are known; the newest are last. */
export function noteChanges(known: VmChange[], before: Server[], changed: Server[]): VmChange[] {
  if (changed.length === 0) return known;
  const rows = new Map(changed.map((row) => [row.id, row]));
  const found = before.flatMap((old): VmChange[] => {
    const now = rows.get(old.id);
    const kind = now === undefined ? null : kindOf(old, now);
    const host = old.host ?? now?.host ?? null;
    if (now === undefined || kind === null || host === null || now.updatedAt === null) return [];
    return [{ serverId: old.id, name: old.name, kind, host, at: now.updatedAt }];
  });
  return found.length === 0 ? known : [...known, ...found].slice(-MOST);
}
