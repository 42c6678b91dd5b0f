import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { refusal } from '@/lib/domain/acts/refusal';
import { publicMessage, SourceError } from '@/lib/errors';
import { NotWritten, type Write } from '@/lib/openstack/writes/writer';
import type { Entry } from '@/lib/store/journal';
import type { Store } from '@/lib/store/store';
import { theActing } from '../access/visitors';
import type { ReadingName } from '../collect/reading-values';
import { cachedReading } from '../collect/readings';
import { expectChange } from '../collect/run-follower';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { theStore } from '../sources/store';
import { openWriterOf } from '../sources/writer';
import {
  type Act,
  type Actor,
  ActRefused,
  type Asked,
  type Done,
  KeyReused,
  NoJournal,
  type Prepared,
  requestIdsOf,
} from './act';
import { holding } from './turn-held';

/**
 * Does an act, once: the same key and request again give the entry of the first. In this order: claims the key, takes the
 * turn of the object, looks at the cloud, writes the intent, acts, writes the outcome.
 *
 * @param key of the client for this act
 * @returns the entry of the journal, with its outcome
 * @throws ActRefused, KeyReused, NoJournal
 */
export async function perform<Body>(
  act: Act<Body>,
  asked: Asked<Body>,
  { actor, key }: { actor: Actor; key: string },
): Promise<Entry> {
  const store = theStore();
  const writer = await openWriterOf(asked.region);
  if (store === null || writer === null) throw new ActRefused(refusal('acting-off', 'Acting is switched off here.'));
  const actId = randomUUID();
  const digest = digestOf([actor.userId ?? actor.person, key]);
  const bodyDigest = digestOf([act.name, asked.region, asked.params, asked.body]);
  const turn = act.turn(asked);
  let hasBegun = false;
  try {
    const known = await inJournal(() => store.turns.claim(digest, bodyDigest, actId));
    if (known) return await repeat(store, known, bodyDigest);
    if (!(await inJournal(() => store.turns.take(turn, actId)))) throw new ActRefused(UNDER_WAY);
    return await holding(store, { turn, actId }, async () => {
      const prepared = await act.prepare({ ...asked, person: actor.person });
      if (!(await inJournal(() => store.turns.extend(turn, actId)))) throw new ActRefused(UNDER_WAY);
      const intent = intentOf({ act, asked, actor, actId, prepared });
      await inJournal(() => store.journal.addIntent(intent));
      hasBegun = true;
      const done = await doOnce(act, { prepared, region: asked.region, write: writer.as(actor.token), actor });
      const outcome = { id: randomUUID(), actId, at: Date.now(), ...done };
      await store.journal.addOutcome(outcome).catch((error: unknown) => {
        // The upkeep writes it once the journal is back.
        log().error(describeError(error), 'what became of an act is not in the journal yet');
      });
      record(act, { region: asked.region, actor, actId, prepared, done });
      if (done.outcome !== 'refused') await lookAgain(asked, act.changes ?? ['optimizer']);
      return { ...intent, outcomes: [outcome] };
    });
  } catch (error) {
    // Nothing was done and nothing is written, so the same key may be used again.
    if (!hasBegun) await store.turns.unclaim(digest, actId).catch(() => {});
    throw error;
  }
}

const UNDER_WAY = refusal('under-way', 'Another act on this is under way. Look again in a moment.');

/** The token was revoked, or has ended before its time. */
const TOKEN_REFUSED = 401;

async function doOnce<Body>(
  act: Act<Body>,
  { prepared, region, write, actor }: { prepared: Prepared; region: RegionId; write: Write; actor: Actor },
): Promise<Done> {
  const [first] = prepared.refusals;
  if (first) return { outcome: 'refused', detail: first.text, requestIds: [] };
  try {
    return await prepared.perform(write, actor);
  } catch (error) {
    if (error instanceof NotWritten) {
      if (error.status === TOKEN_REFUSED && actor.token !== null) theActing().endToken(actor.token);
      return { outcome: 'refused', detail: error.message, requestIds: requestIdsOf(error) };
    }
    if (!(error instanceof SourceError)) log().error(describeError(error), 'an act failed');
    // Nobody knows what a request did whose answer was lost: the cloud is asked.
    const lost = publicMessage(error);
    try {
      const { session } = await openSources(region);
      const done = await act.settle(session, prepared, false);
      return { ...done, detail: `${lost} ${done.detail}` };
    } catch (second) {
      return { outcome: 'unknown', detail: `${lost} ${publicMessage(second)}`, requestIds: [] };
    }
  }
}

/** The entry of an act that was asked for before with the same key. */
async function repeat(store: Store, known: { actId: string; bodyDigest: string }, bodyDigest: string): Promise<Entry> {
  if (known.bodyDigest !== bodyDigest) throw new KeyReused();
  const entry = await inJournal(() => store.journal.find(known.actId));
  if (entry && entry.outcomes.length > 0) return entry;
  throw new ActRefused(refusal('under-way', 'This act is under way already.'), entry ? known.actId : null);
}

/** @throws NoJournal */
async function inJournal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ActRefused) throw error;
    log().error(describeError(error), 'the journal can’t be used');
    throw new NoJournal(error);
  }
}

type Given<Body> = { act: Act<Body>; asked: Asked<Body>; actor: Actor; actId: string; prepared: Prepared };

function intentOf<Body>({
  act,
  asked,
  actor,
  actId,
  prepared,
}: Given<Body>): Parameters<Store['journal']['addIntent']>[0] {
  const { person, userId, domain, address, identifiedBy, token } = actor;
  const { objectType, objectId, objectName, auditId, request, checked } = prepared;
  return {
    id: actId,
    at: Date.now(),
    person,
    userId,
    domain,
    address,
    identifiedBy,
    account: token === null ? 'service' : 'own',
    region: asked.region,
    act: act.name,
    objectType,
    objectId,
    objectName,
    auditId,
    reason: act.reason(asked.body),
    request,
    checked,
  };
}

/** One line of the log for each act. */
function record<Body>(
  act: Act<Body>,
  {
    region,
    actor,
    actId,
    prepared,
    done,
  }: { region: RegionId; actor: Actor; actId: string; prepared: Prepared; done: Done },
): void {
  const line = {
    region,
    act: act.name,
    actId,
    person: actor.person,
    client: actor.address,
    object: prepared.objectId,
    outcome: done.outcome,
    upstreamIds: done.requestIds,
  };
  if (done.outcome === 'done') log().info(line, 'acted');
  else log().warn({ ...line, detail: done.detail }, 'acted');
}

/** What was changed is shown at once. */
async function lookAgain({ region, params }: Asked<unknown>, names: ReadingName[]): Promise<void> {
  expectChange();
  if (params.plan !== undefined) (await openSources(region)).optimizer.doubt(params.plan);
  const now = Date.now();
  await Promise.all(
    names.map(async (name) => (await cachedReading(region, name)).get({ notBefore: now, insist: true })),
  );
}

/** The same for the same parts, whatever the order of the fields. */
const digestOf = (parts: unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts, (_, value: unknown) => sorted(value)))
    .digest('hex');

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
