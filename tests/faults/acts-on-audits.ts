import type { SimAudit } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { HOUR_MS, SECOND_MS } from '@/lib/units';
import type { OtherAct } from './other-acts';

/** Acts on audits. */

const REASON = { reason: 'quiet nights' };

/** The audit of the plan; for the acts it runs every hour. */
function auditOf({ cloud }: Simulation): SimAudit {
  const audit = cloud.audits.find(({ name }) => name === 'stabilize-production');
  if (!audit) throw new Error('The simulated cloud has no such audit.');
  return audit;
}

const HOURLY = { type: 'CONTINUOUS', interval: String(HOUR_MS / SECOND_MS), nextRunAt: null } as const;

const onAudit = (
  name: OtherAct['name'],
  before: Partial<SimAudit>,
  { body, isDone }: { body?: unknown; isDone(audit: SimAudit): boolean },
): OtherAct => ({
  name,
  to: 'watcher',
  body: body ?? REASON,
  begin: (simulation) => Object.assign(auditOf(simulation), HOURLY, before),
  isDone: (simulation) => isDone(auditOf(simulation)),
});

const SETTINGS = { name: 'even-out', strategy: 'workload_stabilization', type: 'ONESHOT', parameters: {} };
const created = ({ cloud }: Simulation) => cloud.audits.some(({ name }) => name === SETTINGS.name);

const create = (name: string, scope: Record<string, unknown>): OtherAct => ({
  title: name,
  name: 'createAudit',
  to: 'watcher',
  body: { settings: { ...SETTINGS, ...scope }, reason: 'az-a runs hot' },
  isLast: (pathname) => pathname.endsWith('/audits'),
  isDone: created,
  isInPart: ({ cloud }) => cloud.templates.some(({ name: template }) => template.startsWith(SETTINGS.name)),
});

export const ACTS_ON_AUDITS: OtherAct[] = [
  onAudit('suspendAudit', { state: 'ONGOING' }, { isDone: ({ state }) => state === 'SUSPENDED' }),
  onAudit('resumeAudit', { state: 'SUSPENDED' }, { isDone: ({ state }) => state !== 'SUSPENDED' }),
  onAudit('endAudit', { state: 'ONGOING' }, { isDone: ({ state }) => state !== 'ONGOING' }),
  onAudit(
    'changeInterval',
    { state: 'ONGOING' },
    { body: { ...REASON, interval: '7200' }, isDone: ({ interval }) => interval === '7200' },
  ),
  onAudit('archiveAudit', { state: 'SUCCEEDED' }, { isDone: ({ deletedAt }) => deletedAt !== undefined }),
  create('createAudit', {}),
  create('createAudit with a scope', { scope: { zones: ['az-a'] } }),
];
