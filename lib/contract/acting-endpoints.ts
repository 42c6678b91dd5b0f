import { AUDIT_ID, PLAN } from './address-parts';
import { type Endpoint, endpoint } from './endpoint';
import { checkQuerySchema, journalQuerySchema, newAuditCheckQuerySchema, newAuditQuerySchema } from './query';
import { journalSchema, permissionSchema, planCheckSchema } from './v1/acts';
import { carefulRunSchema, carefulRunsSchema } from './v1/careful';
import { auditProgressSchema, newAuditCheckSchema, newAuditSchema } from './v1/new-audit';
import { repeatingAuditsSchema } from './v1/repeating';

/** What people read before and after an act. The acts themselves are in act-endpoints.ts. */
export const ACTING_ENDPOINTS = {
  planCheck: endpoint(
    '/api/v1/audits/{id}/plans/{plan}/check/',
    [
      'acts',
      'What may be done to a plan now, checked against the cloud just now.',
      'Reads the plan, its VMs and hosts again. `seen` goes into the request that starts it.',
    ],
    { ...PLAN, answer: planCheckSchema, query: checkQuerySchema, quality: false },
  ),
  newAudit: endpoint(
    '/api/v1/new-audit/',
    [
      'acts',
      'What a new audit may be made of: goals, strategies and their parameters, hosts, presets.',
      'With `like`, it begins with the settings of another audit.',
    ],
    { answer: newAuditSchema, query: newAuditQuerySchema, quality: false },
  ),
  newAuditCheck: endpoint(
    '/api/v1/new-audit/check/',
    [
      'acts',
      'Whether an audit with these settings can be created, what it covers and when it runs.',
      'Parameters are checked by the schema of the strategy, names against Nova. Nothing is created.',
    ],
    { answer: newAuditCheckSchema, query: newAuditCheckQuerySchema, quality: false },
  ),
  auditProgress: endpoint(
    '/api/v1/audits/{id}/progress/',
    [
      'audits',
      'How far an audit is, asked of Watcher itself.',
      'For following an audit that was just created, until it has a plan.',
    ],
    {
      answer: auditProgressSchema,
      params: { id: AUDIT_ID },
      missing: 'No audit has this id or name.',
      quality: false,
    },
  ),
  repeatingAudits: endpoint(
    '/api/v1/repeating-audits/',
    [
      'audits',
      'Audits that run by themselves: when next, what they came to, and whether they start plans without asking.',
      'Those that somebody has ended are left out. What can be done to each is listed with the reason if it can’t.',
    ],
    { answer: repeatingAuditsSchema, csv: '/repeating-audits.csv' },
  ),
  acts: endpoint(
    '/api/v1/acts/',
    [
      'acts',
      'The journal: who did what, when and why.',
      'Newest first, page by page with `after`. With `since`, what has changed, for programs that poll: an act is listed when it begins, and again when its outcome is known.',
    ],
    { answer: journalSchema, query: journalQuerySchema, csv: '/acts.csv', quality: false },
  ),
  carefulRuns: endpoint('/api/v1/runs/', ['acts', 'Careful runs, the newest first.', 'The newest 50.'], {
    answer: carefulRunsSchema,
    quality: false,
  }),
  carefulRun: endpoint(
    '/api/v1/runs/{run}/',
    [
      'acts',
      'A careful run: its steps, its rules, and the current step as it runs.',
      'Made for each request. One follower reads the current step for everyone who asks.',
    ],
    {
      answer: carefulRunSchema,
      params: { run: 'Id of the careful run.' },
      missing: 'There is no such run.',
      quality: false,
    },
  ),
  permission: endpoint(
    '/api/v1/permission/',
    ['acts', 'Whether the visitor may act, and why not.', 'Looking and acting are separate permissions.'],
    { answer: permissionSchema, quality: false },
  ),
} as const satisfies Record<string, Endpoint>;
