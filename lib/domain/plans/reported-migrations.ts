import type { ActionPlan } from '@/lib/openstack/records';

/** Watcher's own count of the moves of a plan, which is among the efficacy indicators of most goals; null if it is not. */
export function reportedMigrations({ efficacy }: Pick<ActionPlan, 'efficacy'>): number | null {
  const value = efficacy.find(({ name }) => name === 'instance_migrations_count')?.value;
  const count = Math.round(value ?? Number.NaN);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
