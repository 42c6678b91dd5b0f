import { describe, expect, it } from 'vitest';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { actionRow, planRow } from '../records';

const stuck = planRow({ state: 'CANCELLING', updatedAt: 0 });
const action = (more: Parameters<typeof actionRow>[1]) => actionRow('1', { state: 'ONGOING', ...more });
const NOW = HOUR_MS + MINUTE_MS;

describe('a plan that is being cancelled', () => {
  it('is carried on by nobody if nothing has changed for longer than a migration may take', () => {
    expect(isAbandoned(stuck, [action({ updatedAt: 0 })], NOW)).toBe(true);
    expect(isAbandoned(stuck, [action({ updatedAt: 0 })], HOUR_MS - MINUTE_MS)).toBe(false);
    expect(isAbandoned(stuck, [action({ state: 'SUCCEEDED', updatedAt: 30 * MINUTE_MS })], NOW)).toBe(false);
  });

  it('may still copy a volume, which takes hours', () => {
    expect(isAbandoned(stuck, [action({ type: 'volume_migrate', updatedAt: 0 })], NOW)).toBe(false);
    expect(isAbandoned(stuck, [action({ type: 'volume_migrate', state: 'SUCCEEDED', updatedAt: 0 })], NOW)).toBe(true);
  });

  it('is not given up where its actions are not known, or where it only runs', () => {
    expect(isAbandoned(stuck, undefined, NOW)).toBe(false);
    expect(isAbandoned(planRow({ state: 'ONGOING' }), [], NOW)).toBe(false);
  });
});
