import { describe, expect, it } from 'vitest';
import { nextClockChange } from '@/components/ui/clock-change';

describe('the change of clocks', () => {
  it.each([
    ['Europe/Berlin', '2026-02-12T02:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01T02:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['America/New_York', '2026-02-12T02:00:00Z', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-02-12T02:00:00Z', '2026-04-04T15:00:00.000Z'],
  ])('of %s after %s is at %s', (zone, from, at) => {
    const change = nextClockChange(zone, Date.parse(from));
    expect(change && new Date(change).toISOString()).toBe(at);
  });

  it('is none in zones whose clocks stay', () => {
    expect(nextClockChange('UTC', Date.parse('2026-02-12T02:00:00Z'))).toBeNull();
    expect(nextClockChange('Asia/Tokyo', Date.parse('2026-02-12T02:00:00Z'))).toBeNull();
  });
});
