import { explainAudit } from '@/lib/domain/explain/audit';
import type { Circumstances } from '@/lib/domain/explain/circumstances';
import { explainPlan } from '@/lib/domain/explain/plan';
import { UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { cluster, migrate } from '../build';
import { auditRow, planRow } from '../records';

/** Audits and plans with plain defaults, and their explanations. */

/** Noon; times in a test are relative to it. */
export const NOW = Date.UTC(2026, 10, 24, 12);
export const ago = (minutes: number) => NOW - minutes * MINUTE_MS;

const strategy = 'workload_balance';
export const audit = (more: Partial<Audit> = {}): Audit =>
  auditRow({ strategy, createdAt: ago(60), updatedAt: ago(60), ...more });
export const plan = (more: Partial<ActionPlan> = {}): ActionPlan =>
  planRow({ strategy, createdAt: ago(60), updatedAt: ago(58), ...more });

export const service = (name: string, status = 'ACTIVE') => ({ name, status, host: 'ctl-1', lastSeenAt: ago(30) });
const SERVICES = [service('watcher-applier'), service('watcher-decision-engine')];

const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  now: NOW,
  release: UNKNOWN_RELEASE,
  expiryMs: 24 * HOUR_MS,
  audits: [],
  plans: [],
  services: SERVICES,
  strategies: null,
  happened: new Map(),
  isHost: null,
  cluster: cluster({}),
  ...more,
});

type Story = { audit?: Partial<Audit>; plans?: ActionPlan[]; actions?: Record<string, Action[]> };
export const ofAudit = ({ audit: given, plans = [], actions = {} }: Story, more: Partial<Circumstances> = {}) =>
  explainAudit({ audit: audit(given), plans, actions }, circumstances({ plans, ...more }));

export const inState = (...states: string[]): Action[] =>
  states.map((state, i) => migrate(String(i), [`vm-${i}`, 'a', 'b'], { state }));
export const ofPlan = (
  given: Partial<ActionPlan>,
  actions: Action[] | null,
  more: Partial<Circumstances> = {},
  ofAudit: Partial<Audit> = {},
) => explainPlan({ plan: plan(given), actions, audit: audit(ofAudit), siblings: [plan(given)] }, circumstances(more));
