import type { VersionNeed } from '../microversions';
import type { Write, Written } from './writer';

/**
 * What can be done to audits and their templates. All need the admin role by default.
 * https://docs.openstack.org/api-ref/resource-optimization/#audits
 */

/** 1.2 knows `force`, 1.1 a start and an end. */
const AUDITS: VersionNeed = { min: [1, 0], max: [1, 7] };
const FORCED: VersionNeed = { min: [1, 2], max: [1, 7] };

/** An audit as Watcher takes it. Without `force`, it gives up silently while any plan runs. */
export type NewAudit = {
  name: string;
  type: 'ONESHOT' | 'CONTINUOUS' | 'EVENT';
  /** Either from a template, or a goal and one of its strategies; Watcher does not check that they fit. */
  of: { template: string } | { goal: string; strategy: string };
  parameters?: Record<string, unknown>;
  /** Seconds, or five fields of cron in UTC: whatever else is an error 500. */
  interval?: string;
  /** In ISO form with an offset. */
  startAt?: string;
  endAt?: string;
  force?: boolean;
  autoTrigger?: boolean;
};

/** Answers 201 before anybody has looked at it; 409 if the name is taken. */
export const createAudit = (write: Write, audit: NewAudit): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'POST',
    path: 'audits',
    body: {
      name: audit.name,
      audit_type: audit.type,
      ...('template' in audit.of
        ? { audit_template_uuid: audit.of.template }
        : { goal: audit.of.goal, strategy: audit.of.strategy }),
      ...(audit.parameters && { parameters: audit.parameters }),
      ...(audit.interval !== undefined && { interval: audit.interval }),
      ...(audit.startAt !== undefined && { start_time: audit.startAt }),
      ...(audit.endAt !== undefined && { end_time: audit.endAt }),
      ...(audit.force && { force: true }),
      ...(audit.autoTrigger && { auto_trigger: true }),
    },
    version: audit.force ? FORCED : AUDITS,
    what: 'create the audit',
  });

/** A template is the only way to give an audit a scope. The answer's `uuid` is its id. */
export const createTemplate = (
  write: Write,
  template: { name: string; goal: string; strategy: string; description: string; scope: unknown[] },
): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'POST',
    path: 'audit_templates',
    body: template,
    version: AUDITS,
    what: 'create the audit template',
  });

/** Audits that came from it stay. */
export const deleteTemplate = (write: Write, templateId: string): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'DELETE',
    path: `audit_templates/${encodeURIComponent(templateId)}`,
    version: AUDITS,
    what: 'delete the audit template',
  });

/**
 * PENDING → CANCELLED; ONGOING → CANCELLED or SUSPENDED; SUSPENDED → ONGOING. Cancelling does not stop a strategy that has
 * begun: its plan still comes. Watcher also takes ONGOING → SUCCEEDED, which ends nothing: a repeating audit runs again at
 * its next time.
 */
export const changeAuditState = (
  write: Write,
  auditId: string,
  to: 'ONGOING' | 'SUSPENDED' | 'CANCELLED',
): Promise<Written> => patchAudit(write, auditId, { field: 'state', value: to, what: 'change the state of the audit' });

/** Watcher takes any text. One that is neither seconds nor cron keeps it from taking up any new continuous audit. */
export const changeAuditInterval = (write: Write, auditId: string, interval: string): Promise<Written> =>
  patchAudit(write, auditId, { field: 'interval', value: interval, what: 'change the interval of the audit' });

/**
 * Has the plans of an audit wait for somebody to start them. Watcher's engine does not see it of a CONTINUOUS audit that it
 * has taken up: it goes on with what it read then.
 */
export const stopAutoTrigger = (write: Write, auditId: string): Promise<Written> =>
  patchAudit(write, auditId, { field: 'auto_trigger', value: false, what: 'have the audit ask first' });

/** Its plans stay, and can still be started. */
export const archiveAudit = (write: Write, auditId: string): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'DELETE',
    path: `audits/${encodeURIComponent(auditId)}`,
    version: AUDITS,
    what: 'archive the audit',
  });

const patchAudit = (
  write: Write,
  auditId: string,
  { field, value, what }: { field: string; value: string | boolean; what: string },
): Promise<Written> =>
  write({
    service: 'watcher',
    method: 'PATCH',
    path: `audits/${encodeURIComponent(auditId)}`,
    body: [{ op: 'replace', path: `/${field}`, value }],
    version: AUDITS,
    what,
  });
