import type { SimAudit } from '../model';
import { ok, type Reply } from '../wire';
import { describeAudit } from './describe';
import { readAudit } from './new-audit';
import { patched, readPatches, refusePatch } from './patches';
import { fault, INTERNAL, NOT_ALLOWED, refuseByPolicy, type WatcherRequest } from './reply';

/** Creating, changing, archiving and triggering audits. */

export function writeAudit(request: WatcherRequest, wanted: string | undefined, more: string | undefined): Reply {
  const { method, cloud } = request;
  if (more !== undefined) return NOT_ALLOWED;
  if (wanted === undefined) return method === 'POST' ? createAudit(request) : NOT_ALLOWED;
  if (!['PATCH', 'DELETE'].includes(method)) return NOT_ALLOWED;
  const audit = cloud.audits.find(({ id, name, deletedAt }) => deletedAt === undefined && [id, name].includes(wanted));
  if (!audit) return fault(404, `Audit ${wanted} could not be found`);
  return method === 'PATCH' ? patchAudit(audit, request) : archiveAudit(audit, request);
}

/** The webhook of an EVENT audit, in any microversion. */
export function triggerAudit(request: WatcherRequest, wanted: string | undefined): Reply {
  const { method, cloud, engine } = request;
  if (wanted === undefined || method !== 'POST') return NOT_ALLOWED;
  const audit = cloud.audits.find(({ id, name, deletedAt }) => deletedAt === undefined && [id, name].includes(wanted));
  if (!audit) return fault(404, `Audit ${wanted} could not be found`);
  const refused = refuseByPolicy(request, 'webhook:trigger');
  if (refused) return refused;
  if (audit.type !== 'EVENT') return fault(400, `Audit type ${audit.type} is disallowed.`);
  if (!['PENDING', 'SUCCEEDED'].includes(audit.state)) return fault(400, `Audit state ${audit.state} is disallowed.`);
  engine.auditor.trigger(audit, engine.now());
  return { status: 202, body: '' };
}

function createAudit(request: WatcherRequest): Reply {
  const { cloud, engine, minor } = request;
  const refused = refuseByPolicy(request, 'audit:create');
  if (refused) return refused;
  const read = readAudit(request);
  if ('status' in read) return read;
  const audit: SimAudit = { ...read, id: engine.newId() };
  cloud.audits.unshift(audit);
  engine.auditor.submit(audit, engine.now());
  return {
    status: 201,
    body: describeAudit(audit, minor),
    headers: { location: `${INTERNAL}/v1/audits/${audit.id}` },
  };
}

/** SUSPENDED audits can't be cancelled, and what is over stays as it is. */
const TRANSITIONS = [
  'PENDING ONGOING',
  'PENDING CANCELLED',
  'ONGOING CANCELLED',
  'ONGOING SUSPENDED',
  'ONGOING SUCCEEDED',
  'ONGOING FAILED',
  'SUSPENDED ONGOING',
];

function patchAudit(audit: SimAudit, request: WatcherRequest): Reply {
  const { engine, minor, body } = request;
  const refused = refuseByPolicy(request, 'audit:update');
  if (refused) return refused;
  const hasMessages = engine.release().watcherMinor >= 5;
  const patches = readPatches(body, {
    internal: hasMessages ? ['/status_message'] : [],
    fields: [...Object.keys(describeAudit(audit, engine.release().watcherMinor)), 'goal', 'strategy'],
  });
  if (!Array.isArray(patches)) return patches;
  const state = patched(patches, 'state', audit.state);
  if (patches.some(({ path }) => path === '/state') && !TRANSITIONS.includes(`${audit.state} ${state}`)) {
    return refusePatch(patches, `State transition not allowed: (${audit.state} -> ${state})`);
  }
  // Watcher checks none of these.
  audit.name = patched(patches, 'name', audit.name) ?? audit.name;
  audit.interval = patched(patches, 'interval', audit.interval);
  const starts = patches.findLast(({ path }) => path === '/auto_trigger');
  if (starts) audit.autoTrigger = starts.value === true;
  const isResumed = audit.state === 'SUSPENDED' && state === 'ONGOING';
  audit.state = state ?? audit.state;
  const isMoved = audit.nextRunAt !== null && patches.some(({ path }) => path === '/interval');
  if (isResumed || isMoved) engine.auditor.resume(audit, engine.now());
  audit.updatedAt = engine.now();
  return ok(describeAudit(audit, minor));
}

function archiveAudit(audit: SimAudit, request: WatcherRequest): Reply {
  const { cloud, engine } = request;
  const refused = refuseByPolicy(request, 'audit:delete');
  if (refused) return refused;
  if (['PENDING', 'ONGOING'].includes(audit.state))
    return fault(400, `Couldn't delete when state is '${audit.state}'.`);
  audit.deletedAt = engine.now();
  // Its plans stay, and can still be started.
  for (const plan of cloud.plans) if (plan.auditId === audit.id) plan.auditId = null;
  return { status: 204, body: '' };
}
