import { describe, expect, it } from 'vitest';
import {
  fileStamp,
  formatAge,
  formatBytes,
  formatCores,
  formatCount,
  formatEnds,
  formatInterval,
  formatNames,
  formatPercent,
  formatPoints,
  formatRatio,
  formatStamp,
  formatThings,
  formatTime,
  MISSING,
  rounded,
} from '@/lib/format';
import { GIB } from '@/lib/units';

const TIB = 1024 ** 4;
const NOW = Date.UTC(2026, 1, 12, 3, 6, 40);

/** The narrow no-break space between a value and its unit. */
const _ = '\u202f';

describe('formatting an unknown number', () => {
  const formats = [formatCount, formatCores, formatPercent, formatRatio, formatPoints, formatBytes, formatAge];

  it.each([null, undefined, 0 / 0, 1 / 0])('shows a dash for %s', (value) => {
    for (const format of formats) expect(format(value)).toBe(MISSING);
    expect(formatTime(value, NOW)).toBe(MISSING);
  });

  it('shows zero as a number', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatPercent(0)).toBe('0.0%');
    expect(formatBytes(0)).toBe(`0${_}B`);
  });
});

describe('formatting numbers', () => {
  it.each([
    [formatCount(9804), '9,804'],
    [formatCount(122_854.4), '122,854'],
    [formatCount(24, 1), '24.0'],
    [formatCores(925.2), '925'],
    [formatCores(7.46), '7.5'],
    [formatCores(8), '8'],
    [formatCores(99.97), '100'],
    [formatPercent(51.64), '51.6%'],
    [formatPercent(88.6, 0), '89%'],
    // A response has 87.5 for it, which any page shows as 88.
    [formatPercent(87.46, 0), '88%'],
    [formatCount(87.46), '88'],
    [formatCount(87.5), '88'],
    [formatCount(87.44), '87'],
    [formatRatio(1.7), '1.70×'],
    [formatRatio(4, 1), '4.0×'],
    [formatPoints(15.55), `15.6${_}pts`],
    [formatEnds(11.5, 7.68), `−11.5 / +7.7${_}pts`],
    [formatEnds(12.5, 12.52), `12.5${_}pts`],
    [formatEnds(20, null), `−20.0${_}pts`],
    [formatEnds(null, 7.5), `+7.5${_}pts`],
    [formatEnds(null, null), '–'],
  ])('formats a number as %s', (shown, expected) => expect(shown).toBe(expected));

  it('uses a real minus sign, and none for numbers that round to zero', () => {
    expect(formatCount(-1200)).toBe('\u22121,200');
    expect(formatPercent(-5.25)).toBe('\u22125.2%');
    expect(formatPercent(-0.04)).toBe('0.0%');
  });
});

describe('rounding for exports', () => {
  it('keeps one decimal by default, has no negative zero, and leaves unknown values null', () => {
    expect([rounded(12.345), rounded(12.345, 2), rounded(-0.01), rounded(null)]).toEqual([12.3, 12.35, 0, null]);
    expect(Object.is(rounded(-0.01), 0)).toBe(true);
  });
});

describe('formatting bytes', () => {
  it.each([
    [512 * 1024 ** 2, `512${_}MiB`],
    [1.5 * GIB, `1.5${_}GiB`],
    [8 * GIB, `8${_}GiB`],
    [9.97 * GIB, `10${_}GiB`],
    [16.4 * GIB, `16${_}GiB`],
    [1023.7 * GIB, `1.0${_}TiB`],
    [4 * TIB, `4.0${_}TiB`],
    [7.24 * TIB, `7.2${_}TiB`],
    [14.2 * TIB, `14${_}TiB`],
    [-3 * GIB, `\u22123${_}GiB`],
  ])('shows %d bytes as %s', (value, expected) => expect(formatBytes(value)).toBe(expected));
});

describe('formatting times', () => {
  it.each([
    [14_900, `14${_}s`],
    [26 * 60_000, `26${_}min`],
    [6.9 * 3_600_000, `6${_}h`],
    [47 * 3_600_000, `47${_}h`],
    [3 * 86_400_000, `3${_}d`],
    [-5_000, `0${_}s`],
  ])('shows an age of %d ms as %s', (age, expected) => expect(formatAge(age)).toBe(expected));

  it.each([
    [Date.UTC(2026, 1, 12, 2, 41), '02:41 UTC'],
    [Date.UTC(2026, 1, 11, 21, 15), '11 Feb, 21:15 UTC'],
    [Date.UTC(2025, 11, 31, 23, 59), '31 Dec 2025, 23:59 UTC'],
  ])('shows the time %d as %s', (at, expected) => expect(formatTime(at, NOW)).toBe(expected));

  it('stamps texts and file names with the UTC minute', () => {
    const at = Date.UTC(2026, 1, 9, 2, 41, 59);
    expect([formatStamp(at), fileStamp(at)]).toEqual(['2026-02-09 02:41 UTC', '20260209-0241Z']);
  });

  it.each([
    [600, `10${_}min`],
    [90, `90${_}s`],
    [21_600, `6${_}h`],
  ])('shows an interval of %d seconds as %s', (seconds, expected) => expect(formatInterval(seconds)).toBe(expected));
});

describe('formatting words', () => {
  it('uses singular and plural', () => {
    expect(formatThings(1, 'host')).toBe('1 host');
    expect(formatThings(1200, 'host')).toBe('1,200 hosts');
  });

  it('lists names and counts those left out', () => {
    expect(formatNames([])).toBe('');
    expect(formatNames(['a'])).toBe('a');
    expect(formatNames(['a', 'b'])).toBe('a and b');
    expect(formatNames(['a', 'b', 'c'])).toBe('a, b and c');
    expect(formatNames(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
