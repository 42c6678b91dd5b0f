import type { ActionPlan, ServerMigration } from '@/lib/openstack/records';
import type { MigrationRecord } from '@/lib/readings/migrations';
import { DAY_MS, MINUTE_MS } from '@/lib/units';

/** The plan is made at minute 0, and runs from minute 30 to minute 60. */
export const at = (minutes: number) => DAY_MS + minutes * MINUTE_MS;

export const plan = (more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state: 'FAILED',
  efficacy: [],
  globalEfficacy: [],
  statusMessage: null,
  hostname: 'controller',
  createdAt: at(0),
  updatedAt: at(60),
  ...more,
});

export const migration = (more: Partial<ServerMigration> = {}): ServerMigration => ({
  id: 'uuid-1',
  serverId: 'vm',
  type: 'live-migration',
  status: 'completed',
  source: 'a',
  destination: 'b',
  userId: null,
  startedAt: at(31),
  updatedAt: at(40),
  ...more,
});

const COMPLETE = { from: at(-60), until: at(200) };
export const record = (migrations: ServerMigration[], more: Partial<MigrationRecord> = {}): MigrationRecord => ({
  migrations,
  covered: COMPLETE,
  reason: null,
  losses: [],
  ...more,
});
