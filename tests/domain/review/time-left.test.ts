import { describe, expect, it } from 'vitest';
import { expiryOf, isBeingMade } from '@/lib/domain/review/worth';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { auditRow, planRow } from '../records';

const NOW = 100 * HOUR_MS;
const audit = (more: Partial<Audit> = {}): Audit => auditRow({ createdAt: NOW - HOUR_MS, ...more });
const plan = (id: string, more: Partial<ActionPlan> = {}): ActionPlan =>
  planRow({ id, createdAt: NOW - HOUR_MS, ...more });

describe('a plan that is being made', () => {
  it('belongs to an audit that runs, or is younger than a minute if the audit always runs', () => {
    const runs = { state: 'ONGOING' };
    const young = plan('young', { createdAt: NOW - 30_000 });
    expect(isBeingMade(young, audit(runs), NOW)).toBe(true);
    expect(isBeingMade(young, audit(), NOW)).toBe(false);
    expect(isBeingMade(young, audit({ ...runs, type: 'CONTINUOUS' }), NOW)).toBe(true);
    expect(isBeingMade(plan('older'), audit({ ...runs, type: 'CONTINUOUS' }), NOW)).toBe(false);
  });
});

describe('the time that a plan has left', () => {
  it('ends at its age, or with the next run of a repeating audit', () => {
    const [made, age] = [plan('one'), 24 * HOUR_MS];
    const repeats = audit({ type: 'CONTINUOUS', state: 'ONGOING', nextRunAt: NOW + MINUTE_MS });
    expect(expiryOf(made, audit(), age)).toEqual({ at: made.createdAt + age, by: 'age' });
    expect(expiryOf(made, repeats, age)).toEqual({ at: NOW + MINUTE_MS, by: 'next-run' });
    expect(expiryOf(made, { ...repeats, state: 'SUSPENDED' }, age).by).toBe('age');
    expect(expiryOf(made, { ...repeats, nextRunAt: NOW + 48 * HOUR_MS }, age).by).toBe('age');
  });
});
