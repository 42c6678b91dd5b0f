import { describe, expect, it } from 'vitest';
import { type AuditChange, suspensionOf } from '@/lib/domain/audit-form/suspension';

const NOW = Date.parse('2026-02-12T03:06:00Z');
const MINUTE = 60_000;
const audit = (minutesAgo: number, state = 'SUSPENDED') => ({ state, updatedAt: NOW - minutesAgo * MINUTE });
const change = (act: string, minutesAgo: number, person = 'ops'): AuditChange => ({
  act,
  person,
  reason: 'quiet week',
  at: NOW - minutesAgo * MINUTE,
});
const OUTSIDE = { by: 'outside', person: null, reason: null, at: null };

describe('who suspended an audit', () => {
  it('is the person who did it here, with when and why', () => {
    const here = { by: 'here', person: 'ops', reason: 'quiet week', at: NOW - 90 * MINUTE };
    expect(suspensionOf(audit(89), [change('suspend-audit', 90)], 0)).toEqual(here);
    // Changed here since, but not resumed.
    const later = [change('change-interval', 10, 'eva'), change('suspend-audit', 90)];
    expect(suspensionOf(audit(10), later, 0)).toEqual(here);
    expect(suspensionOf({ state: 'SUSPENDED', updatedAt: null }, later, 0)).toEqual(here);
  });

  it('is nobody here, if it was resumed here since, or changed by others', () => {
    const resumed = [change('resume-audit', 50), change('suspend-audit', 90)];
    expect(suspensionOf(audit(10), resumed, 0)).toEqual(OUTSIDE);
    expect(suspensionOf(audit(10), [change('suspend-audit', 90)], 0)).toEqual(OUTSIDE);
    expect(suspensionOf(audit(10), [], 0)).toEqual(OUTSIDE);
  });

  it('is unknown, if the journal can’t be read or does not go back that far', () => {
    expect(suspensionOf(audit(10), [], null)).toMatchObject({ by: 'unknown' });
    expect(suspensionOf(audit(10), [], NOW)).toMatchObject({ by: 'unknown' });
  });

  it('is null for one that is not suspended', () => {
    expect(suspensionOf(audit(10, 'ONGOING'), [change('suspend-audit', 90)], 0)).toBeNull();
  });
});
