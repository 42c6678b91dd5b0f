import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Refusal } from '@/lib/contract/v1/acts';
import type { CreateAuditBody } from '@/lib/contract/v1/audit-acts';
import type { AuditSettings, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { refusal } from '@/lib/domain/acts/refusal';
import { checkSettings, WITHOUT_ASKING } from '@/lib/domain/audit-form/check-settings';
import { readInterval, textOfInterval } from '@/lib/domain/audit-form/interval';
import { scopeDocument } from '@/lib/domain/audit-form/scope';
import { isRecord } from '@/lib/is-record';
import { hasTemplate, readAudit } from '@/lib/openstack/watcher';
import { createAudit, createTemplate, deleteTemplate, type NewAudit } from '@/lib/openstack/writes/audits';
import { NotWritten, type Write, type Written } from '@/lib/openstack/writes/writer';
import { type AuditForm, takeFormFacts } from '../collect/form-facts';
import { takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { type Act, type Asked, type Done, partOfRequest, requestIdsOf } from './act';
import { readAnew } from './look';

/** Creates an audit. Until it exists, the journal knows it by its name, which is unique. */
export const createAuditAct: Act<CreateAuditBody> = {
  name: 'create-audit',
  turn: ({ region, body }) => `audit ${region} ${body.settings.name}`,
  reason: ({ reason }) => reason,
  async prepare({ region, body }: Asked<CreateAuditBody>) {
    const { settings } = body;
    const since = Date.now();
    const unreadable = await Promise.all([readAnew(region, 'optimizer', since), readAnew(region, 'inventory', since)]);
    const facts = await takeFormFacts(await takeReadings(region, ALL_READINGS));
    const check = checkSettings(settings, facts);
    const scope = scopeDocument(settings.scope, facts.hosts ?? []);
    const template = scope.length > 0 ? { name: templateNameOf(settings.name), scope } : null;
    const refusals = [...refuseUnread(unreadable), ...refuseCheck(check), ...refuseWords(body)];
    return {
      objectType: 'audit',
      objectId: settings.name,
      objectName: settings.name,
      auditId: null,
      request: { ...body, template: template?.name },
      checked: { will: check.will, warnings: check.warnings, facts: check.facts, covers: summaryOf(check), refusals },
      refusals,
      perform: (write) => create(write, settings, { facts, template }),
    };
  },
  async settle(session, { objectId: name, request }, isFinal) {
    const audit = await readAudit(session, name);
    const template = partOfRequest(request, 'template');
    const left = template !== '' && (await hasTemplate(session, template)) ? ` Its template ${template} is left.` : '';
    if (audit !== null) return { outcome: 'done', detail: `${createdAs(audit.id)}${left}`, requestIds: [] };
    if (isFinal && left !== '')
      return { outcome: 'failed', detail: `Watcher has no audit of this name.${left}`, requestIds: [] };
    return isFinal
      ? { outcome: 'refused', detail: 'Watcher has no audit of this name: it was not created.', requestIds: [] }
      : {
          outcome: 'unknown',
          detail: 'Watcher has no audit of this name; the request may still arrive.',
          requestIds: [],
        };
  },
};

const createdAs = (id: string) => `Watcher has created it: audit ${id}.`;

const refuseUnread = (reasons: (string | null)[]): Refusal[] =>
  reasons.flatMap((reason) => (reason === null ? [] : [refusal('cannot-check', reason)]));

const refuseCheck = ({ problems }: NewAuditCheck): Refusal[] =>
  problems.map(({ field, text }) =>
    refusal(text === 'An audit is called that already.' ? 'name-taken' : 'wrong-settings', `${field}: ${text}`),
  );

const refuseWords = ({ settings, confirm }: CreateAuditBody): Refusal[] =>
  settings.auto_trigger && confirm !== WITHOUT_ASKING
    ? [refusal('wrong-settings', `confirm: Type “${WITHOUT_ASKING}”, since its plans start without asking anyone.`)]
    : [];

const summaryOf = ({ covers }: NewAuditCheck) =>
  covers && { hosts: covers.hosts.length, vms: covers.vms, staying: covers.staying };

/** Only its own: one that an earlier try has left behind keeps its name. Watcher takes 63 characters. */
const templateNameOf = (audit: string): string => `${audit.slice(0, 54)}-${randomUUID().slice(0, 8)}`;

type Needed = { facts: AuditForm; template: { name: string; scope: unknown[] } | null };

async function create(write: Write, settings: AuditSettings, { facts, template: wanted }: Needed): Promise<Done> {
  const goal = facts.strategies.find(({ name }) => name === settings.strategy)?.goal ?? '';
  const { strategy } = settings;
  if (wanted === null) {
    const written = await createAudit(write, toAudit(settings, { goal, strategy }));
    return { outcome: 'done', detail: createdAs(idIn(written)), requestIds: requestIdsOf(written) };
  }
  const description = `Scope of the audit ${settings.name}, by Watcher Visio.`;
  const template = await createTemplate(write, { ...wanted, goal, strategy, description });
  const requestIds = requestIdsOf(template);
  const tidy = () => removeTemplate(write, idIn(template), requestIds);
  try {
    const written = await createAudit(write, toAudit(settings, { template: idIn(template) }));
    requestIds.push(...requestIdsOf(written));
    const left = await tidy();
    return { outcome: 'done', detail: [createdAs(idIn(written)), left].join(' ').trim(), requestIds };
  } catch (error) {
    // Whether a request whose answer was lost still arrives is not known; it needs its template then.
    if (!(error instanceof NotWritten)) throw error;
    const left = await tidy();
    if (left === '') throw error;
    return { outcome: 'failed', detail: `${error.message} ${left}`, requestIds };
  }
}

/** An audit keeps its scope when its template is gone. @returns a sentence if the template is left */
async function removeTemplate(write: Write, id: string, requestIds: string[]): Promise<string> {
  try {
    requestIds.push(...requestIdsOf(await deleteTemplate(write, id)));
    return '';
  } catch {
    return `Its template ${id} could not be deleted.`;
  }
}

function toAudit(settings: AuditSettings, of: NewAudit['of']): NewAudit {
  const interval = settings.type === 'CONTINUOUS' ? readInterval(settings.interval ?? '') : null;
  const { start_at: start, end_at: end } = settings;
  return {
    name: settings.name,
    type: settings.type,
    of,
    ...(Object.keys(settings.parameters).length > 0 ? { parameters: settings.parameters } : {}),
    ...(interval !== null && typeof interval !== 'string' ? { interval: textOfInterval(interval) } : {}),
    ...(start === undefined ? {} : { startAt: new Date(start).toISOString() }),
    ...(end === undefined ? {} : { endAt: new Date(end).toISOString() }),
    ...(settings.force ? { force: true } : {}),
    ...(settings.auto_trigger ? { autoTrigger: true } : {}),
  };
}

/** The id in the answer to a creation; empty if it can't be read. */
function idIn({ text }: Written): string {
  try {
    const answer: unknown = JSON.parse(text);
    return isRecord(answer) && typeof answer.uuid === 'string' ? answer.uuid : '';
  } catch {
    return '';
  }
}
