import 'server-only';
import type { ActView, JournalView } from '@/lib/contract/v1/acts';
import type { Entry, Wanted } from '@/lib/store/journal';
import { requireVisitor } from '../access/visitors';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { type Change, LATE_MS, listChanges, readSince, sinceNow } from '../views/changes';

/** The journal as it is shown. */

export const describeEntry = ({ outcomes, ...entry }: Entry): ActView => ({
  id: entry.id,
  at: entry.at,
  region: entry.region,
  act: entry.act,
  person: entry.person,
  user_id: entry.userId,
  domain: entry.domain,
  address: entry.address,
  identified_by: entry.identifiedBy,
  account: entry.account === 'own' ? 'own' : 'service',
  object_type: entry.objectType,
  object_id: entry.objectId,
  object_name: entry.objectName,
  audit_id: entry.auditId,
  reason: entry.reason,
  request_document: entry.request,
  check_document: entry.checked,
  outcome: outcomes.at(-1)?.outcome ?? null,
  outcomes: outcomes.map(({ at, outcome, detail, requestIds }) => ({ at, outcome, detail, request_ids: requestIds })),
});

type Asked = {
  /** As `next` of the page before. */
  after?: string;
  limit: number;
  object?: string;
  q?: string;
  /** As `readSince` takes it. */
  since?: string;
};

/** @throws NotAllowed */
export async function viewJournal(region: RegionId, { after, limit, object, q, since }: Asked): Promise<JournalView> {
  await requireVisitor();
  const { journal } = theStore() ?? {};
  if (journal === undefined) return { acts: [], next: null, next_since: sinceNow([], changeOf), cuts: [], kept: false };
  const wanted = { region, objectId: object, text: q };
  const cuts = (await journal.listCuts()).map(({ before, ...cut }) => ({ ...cut, until: before }));
  if (since !== undefined) {
    const from = readSince(since);
    // All that were listed before may be among them, and one more shows that there are more.
    const changed = await journal.list({ ...wanted, since: from.from, limit: limit + from.seen.size + 1 });
    const { items, next } = listChanges(changed, changeOf, { since: from, limit });
    return { acts: items.map(describeEntry), next: null, next_since: next, cuts, kept: true };
  }
  const earliest = Date.now() - LATE_MS;
  const [entries, recent] = await Promise.all([
    journal.list({ ...wanted, limit: limit + 1, after: readPlace(after) }),
    journal.list({ ...wanted, limit: MOST_RECENT, since: earliest }),
  ]);
  const acts = entries.slice(0, limit).map(describeEntry);
  const last = acts.at(-1);
  return {
    acts,
    next: entries.length > limit && last ? `${last.at}.${last.id}` : null,
    next_since: sinceNow(recent, changeOf, earliest),
    cuts,
    kept: true,
  };
}

const MOST_RECENT = 1_000;

const changeOf = ({ id, at, outcomes }: Entry): Change => {
  const last = outcomes.at(-1);
  return { at: last?.at ?? at, version: `${id} ${last?.id ?? ''}` };
};

function readPlace(text: string | undefined): Wanted['after'] {
  const found = /^(\d{1,15})\.([\w-]{1,36})$/.exec(text ?? '');
  return found ? { at: Number(found[1]), id: found[2] ?? '' } : undefined;
}
