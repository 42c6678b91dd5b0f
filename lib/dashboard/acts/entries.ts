import 'server-only';
import type { ActView, JournalView } from '@/lib/contract/v1/acts';
import type { Entry, Wanted } from '@/lib/store/journal';
import { requireVisitor } from '../access/visitors';
import { theStore } from '../sources/store';

/** The journal as it is shown. */

export const describeEntry = ({ outcomes, ...entry }: Entry): ActView => ({
  id: entry.id,
  at: entry.at,
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

/** @param after as `next` of the page before @throws NotAllowed */
export async function viewJournal({
  after,
  limit,
  object,
  q,
}: {
  after?: string;
  limit: number;
  object?: string;
  q?: string;
}): Promise<JournalView> {
  await requireVisitor();
  const store = theStore();
  if (store === null) return { acts: [], next: null, cuts: [], kept: false };
  const wanted: Wanted = {
    limit: limit + 1,
    objectId: object,
    text: q,
    after: readPlace(after),
  };
  const [entries, cuts] = await Promise.all([store.journal.list(wanted), store.journal.listCuts()]);
  const acts = entries.slice(0, limit).map(describeEntry);
  const last = acts.at(-1);
  return {
    acts,
    next: entries.length > limit && last ? `${last.at}.${last.id}` : null,
    cuts: cuts.map(({ before, ...cut }) => ({ ...cut, until: before })),
    kept: true,
  };
}

function readPlace(text: string | undefined): Wanted['after'] {
  const found = /^(\d{1,15})\.([\w-]{1,36})$/.exec(text ?? '');
  return found ? { at: Number(found[1]), id: found[2] ?? '' } : undefined;
}
