import 'server-only';
import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { OTHER_CHANGES, RESUMING_ACT, SUSPENDING_ACT, suspensionOf } from '@/lib/domain/audit-form/suspension';
import { groupBy } from '@/lib/group-by';
import type { Audit } from '@/lib/openstack/records';
import type { RegionId } from '../process/region';
import { askJournal, isDone } from '../sources/ask-journal';
import { theStore } from '../sources/store';

/** Who suspended audits, by their ids, as far as the journal knows. Never rejects. */
export async function takeSuspensions(
  region: RegionId,
  audits: Audit[],
): Promise<ReadonlyMap<string, RepeatingAudit['suspended']>> {
  const suspended = audits.filter(({ state }) => state === 'SUSPENDED');
  if (suspended.length === 0) return new Map();
  const objectIds = suspended.map(({ id }) => id);
  const acts = [SUSPENDING_ACT, RESUMING_ACT, ...OTHER_CHANGES];
  const found = await askJournal((journal) =>
    Promise.all([journal.listOn({ region, objectIds, acts }), journal.listCuts()]),
  );
  const [entries, cuts] = found ?? [[], []];
  // Without a journal nothing was ever done from here.
  const since = found === null && theStore() !== null ? null : Math.max(0, ...cuts.map(({ before }) => before));
  const changes = groupBy(entries.filter(isDone), ({ objectId }) => objectId);
  return new Map(suspended.map((audit) => [audit.id, suspensionOf(audit, changes.get(audit.id) ?? [], since)]));
}
