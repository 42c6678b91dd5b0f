import { describe, expect, it } from 'vitest';
import { arrivalOf, endOf, hasArrived, hasEnded, resultOf } from '@/lib/migration-result';

const nova = (status: string) => ({ status });

describe('what the state of a migration in Nova means', () => {
  it('counts a cold migration as moved before somebody confirms it', () => {
    for (const status of ['finished', 'confirming', 'confirmed', 'completed', 'done']) {
      expect(hasArrived(nova(status)), status).toBe(true);
      expect(hasEnded(nova(status)), status).toBe(true);
    }
  });

  it('knows which migrations ended without a move', () => {
    for (const status of ['error', 'failed', 'reverted', 'cancelled']) {
      expect(hasArrived(nova(status)), status).toBe(false);
      expect(hasEnded(nova(status)), status).toBe(true);
    }
  });

  it('knows no end of an evacuation whose source is back: Nova has that time then', () => {
    const evacuation = { type: 'evacuation', startedAt: 1, updatedAt: 9 };
    expect(endOf({ ...evacuation, status: 'done' })).toBe(9);
    expect(endOf({ ...evacuation, status: 'completed' })).toBeNull();
    expect(arrivalOf({ ...evacuation, status: 'completed' })).toBe(1);
    expect(endOf({ ...evacuation, type: 'live-migration', status: 'completed' })).toBe(9);
    expect(endOf({ ...evacuation, status: 'running' })).toBeNull();
  });

  it('takes a state that it does not know as one that may still change', () => {
    expect(resultOf(nova('constructor'))).toBe('unknown');
    expect(hasEnded(nova('teleporting'))).toBe(false);
    expect(hasEnded(nova('post-migrating'))).toBe(false);
  });
});
