import { describe, expect, it } from 'vitest';
import { readWeights } from '@/lib/domain/plans/audit-settings';
import { reportedMigrations } from '@/lib/domain/plans/reported-migrations';

const reported = (value: number | null) =>
  reportedMigrations({ efficacy: [{ name: 'instance_migrations_count', value, unit: null, description: null }] });

describe('numbers of Watcher that make no sense', () => {
  it('are no weights', () => {
    const weights = (weight: unknown) => readWeights({ weights: { instance_cpu_usage_weight: weight } }).cpu;
    expect([weights(0.5), weights('2'), weights(1e308), weights(Number.NaN)]).toEqual([0.5, 2, null, null]);
  });

  it('are no number of moves', () => {
    expect([reported(7), reported(0), reported(1e308), reported(-1), reported(null)]).toEqual([7, 0, null, null, null]);
  });
});
