import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Refusal } from '@/lib/contract/v1/acts';
import type { AskFirstBody } from '@/lib/contract/v1/audit-acts';
import type { AuditSettings } from '@/lib/contract/v1/new-audit';
import { refuseAsk, wayToAsk } from '@/lib/domain/acts/ask-first';
import { refusal } from '@/lib/domain/acts/refusal';
import { settingsLike } from '@/lib/domain/audit-form/begin';
import { checkSettings } from '@/lib/domain/audit-form/check-settings';
import type { Audit } from '@/lib/openstack/records';
import { readAudit } from '@/lib/openstack/watcher';
import { stopAutoTrigger } from '@/lib/openstack/writes/audits';
import type { Entry } from '@/lib/store/journal';
import { takeFormFacts } from '../collect/form-facts';
import { takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { type Act, type Actor, ActRefused, type Done, partOfRequest, requestIdsOf } from './act';
import { endAct } from './audit-acts';
import { createAuditAct } from './create-audit-act';
import { readAnew } from './look';
import { perform } from './perform';

/**
 * Has an audit ask before its plans start. One that Watcher's engine holds is ended and created again: two acts of their
 * own in the journal, beside this one.
 */
export const askFirstAct: Act<AskFirstBody> = {
  name: 'ask-first',
  // Its steps take the turn of the audit.
  turn: ({ region, params }) => `ask-first ${region} ${params.id ?? ''}`,
  reason: ({ reason }) => reason,
  async prepare({ region, params, body }) {
    const { session } = await openSources(region);
    const audit = await readAudit(session, params.id ?? '');
    if (audit === null) throw new ActRefused(refusal('gone', 'There is no such audit any more.'));
    const found = wayToAsk(audit) === 'replace' ? await replacementOf(region, audit, body.name) : null;
    const refusals = [...refuseAsk(audit, Date.now()), ...(found?.refusals ?? [])];
    return {
      objectType: 'audit',
      objectId: audit.id,
      objectName: audit.name,
      auditId: audit.id,
      request: { state: audit.state, ...body, replacement: found?.settings.name },
      checked: { settings: found?.settings ?? null, refusals },
      refusals,
      async perform(write, actor) {
        if (found !== null) return replace(audit, { region, actor, settings: found.settings, reason: body.reason });
        const written = await stopAutoTrigger(write, audit.id);
        return { ...ASKS, requestIds: requestIdsOf(written) };
      },
    };
  },
  async settle(session, { objectId, request }, isFinal) {
    const audit = await readAudit(session, objectId);
    const name = partOfRequest(request, 'replacement');
    const nothing = (detail: string): Done => ({
      outcome: isFinal ? 'refused' : 'unknown',
      detail: isFinal ? `${detail} Nothing was changed.` : `${detail} The request may still arrive.`,
      requestIds: [],
    });
    if (name === '') return audit?.autoTrigger === false ? ASKS : nothing('It still starts its plans.');
    const isEnded = audit === null || ['CANCELLED', 'DELETED'].includes(audit.state);
    if (!isEnded) return nothing(`The audit is ${audit.state}.`);
    if ((await readAudit(session, name)) !== null) return replaced(name);
    return { outcome: isFinal ? 'failed' : 'unknown', detail: `It is ended. ${notCreated(name)}`, requestIds: [] };
  },
};

const ASKS: Done = { outcome: 'done', detail: 'Its plans wait for somebody to start them.', requestIds: [] };

const replaced = (name: string): Done => ({
  outcome: 'done',
  detail: `It is ended, and ${name} asks before each plan.`,
  requestIds: [],
});

const notCreated = (name: string) => `${name} was not created in its place: create it with the form.`;

type Replacement = { settings: AuditSettings; refusals: Refusal[] };

/** The same settings under another name, as the form would check them: before anything is ended. */
async function replacementOf(region: RegionId, audit: Audit, name: string | undefined): Promise<Replacement> {
  const since = Date.now();
  const unread = await Promise.all([readAnew(region, 'optimizer', since), readAnew(region, 'inventory', since)]);
  const facts = await takeFormFacts(await takeReadings(region, ALL_READINGS));
  const like = settingsLike(audit, facts);
  const settings = { ...like.settings, name: name ?? like.settings.name };
  const problems = [...like.lacks, ...checkSettings(settings, facts).problems.map(({ text }) => text)];
  return {
    settings,
    refusals: [
      ...unread.flatMap((reason) => (reason === null ? [] : [refusal('cannot-check', reason)])),
      ...problems.map((text) =>
        refusal('wrong-settings', `It can’t be created again with its settings: ${text} End it, or suspend it.`),
      ),
    ],
  };
}

type Given = { region: RegionId; actor: Actor; settings: AuditSettings; reason: string };

async function replace(audit: Audit, { region, actor, settings, reason }: Given): Promise<Done> {
  const ended = endOf(
    await step(() =>
      perform(endAct, { region, params: { id: audit.id }, body: { reason } }, { actor, key: randomUUID() }),
    ),
  );
  if (ended.outcome !== 'done') return ended;
  const created = endOf(
    await step(() =>
      perform(createAuditAct, { region, params: {}, body: { settings, reason } }, { actor, key: randomUUID() }),
    ),
  );
  const requestIds = [...ended.requestIds, ...created.requestIds];
  if (created.outcome === 'done') return { ...replaced(settings.name), requestIds };
  const detail = `It is ended. ${notCreated(settings.name)} ${created.detail}`;
  return { outcome: created.outcome === 'unknown' ? 'unknown' : 'failed', detail, requestIds };
}

/** An act that is refused before it begins has no entry. */
async function step(act: () => Promise<Entry>): Promise<Entry | ActRefused> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ActRefused) return error;
    throw error;
  }
}

function endOf(done: Entry | ActRefused): Done {
  if (done instanceof ActRefused) return { outcome: 'refused', detail: done.message, requestIds: [] };
  const last = done.outcomes.at(-1);
  return last
    ? { outcome: last.outcome, detail: last.detail, requestIds: last.requestIds }
    : { outcome: 'unknown', detail: 'Nobody knows what became of it.', requestIds: [] };
}
