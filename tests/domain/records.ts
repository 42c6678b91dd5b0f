import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';

/** Rows of Watcher, as its client returns them. Times are 0 unless a test says otherwise. */

export const auditRow = (more: Partial<Audit> = {}): Audit => ({
  id: 'audit',
  name: 'nightly',
  type: 'ONESHOT',
  state: 'SUCCEEDED',
  goal: 'workload_balancing',
  strategy: null,
  parameters: {},
  scope: [],
  interval: null,
  autoTrigger: false,
  force: false,
  nextRunAt: null,
  startAt: null,
  endAt: null,
  hostname: null,
  statusMessage: null,
  createdAt: 0,
  updatedAt: null,
  ...more,
});

export const planRow = (more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state: 'RECOMMENDED',
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 0,
  updatedAt: null,
  ...more,
});

export const actionRow = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  planId: 'plan',
  type: 'migrate',
  state: 'PENDING',
  parameters: {},
  parents: [],
  statusMessage: null,
  createdAt: null,
  updatedAt: null,
  ...more,
});
