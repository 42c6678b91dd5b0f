import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCores,
  formatCount,
  formatNames,
  formatPercent,
  formatPoints,
  formatRatio,
  formatThings,
  formatTime,
  MISSING,
} from '@/lib/format';

const GIB = 1024 ** 3;
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('numbers for people', () => {
  it('group, round, and are a dash where they are not known', () => {
    expect(formatCount(298_624)).toBe('298,624');
    expect(formatPercent(51.64)).toBe('51.6%');
    expect(formatPercent(88.9, 0)).toBe('89%');
    expect(formatRatio(1.7)).toBe('1.70×');
    expect(formatCores(4.25)).toBe('4.3');
    expect(formatCores(925.4)).toBe('925');
    for (const format of [formatCount, formatPercent, formatRatio, formatCores, formatBytes, formatPoints, formatAge]) {
      expect(format(null)).toBe(MISSING);
      expect(format(Number.NaN)).toBe(MISSING);
      expect(format(0)).not.toBe(MISSING);
    }
  });

  it('have a real minus, and a plus where they are changes', () => {
    expect(plain(formatPoints(-5.24))).toBe('−5.2 pts');
    expect(plain(formatPoints(3))).toBe('+3.0 pts');
    expect(formatCount(-12)).toBe('−12');
  });

  it('are binary for bytes', () => {
    expect(
      [0, 512, 3.5 * GIB, 4 * GIB, 12.4 * GIB, 4.2 * 1024 * GIB, 16 * 1024 * GIB, -2 * GIB].map((value) =>
        plain(formatBytes(value)),
      ),
    ).toEqual(['0 B', '512 B', '3.5 GiB', '4 GiB', '12 GiB', '4.2 TiB', '16 TiB', '−2 GiB']);
  });

  it('count one thing and many, and name a few', () => {
    expect([formatThings(1, 'host'), formatThings(0, 'host'), formatThings(1_200, 'VM')]).toEqual([
      '1 host',
      '0 hosts',
      '1,200 VMs',
    ]);
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c', 'd', 'e']].map((names) => formatNames(names))).toEqual([
      '',
      'a',
      'a and b',
      'a, b, c and 2 more',
    ]);
  });
});

describe('times for people', () => {
  const now = Date.parse('2026-02-13T02:41:30Z');

  it('are ages in one unit', () => {
    expect([14_000, 26 * 60_000, 6 * 3_600_000, 72 * 3_600_000, -5].map((age) => plain(formatAge(age)))).toEqual([
      '14 s',
      '26 min',
      '6 h',
      '3 d',
      '0 s',
    ]);
  });

  it('are clock times in UTC, with the date where it is another day’s', () => {
    expect(formatTime(now - 60_000, now)).toBe('02:40 UTC');
    expect(formatTime(Date.parse('2026-02-12T21:15:00Z'), now)).toBe('12 Feb, 21:15 UTC');
    expect(formatTime(Date.parse('2025-12-31T23:00:00Z'), now)).toBe('31 Dec 2025, 23:00 UTC');
    expect(formatTime(null, now)).toBe(MISSING);
  });
});
