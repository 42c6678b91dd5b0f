import { describe, expect, it } from 'vitest';
import { readInterval } from '@/lib/domain/audit-form/interval';
import { isReadByWatcher } from '@/lib/domain/audit-form/watcher-interval';

/** Tried with croniter 2.0.7 (of 2025.1) and 6.2.4 (of 2026.2), and with Watcher's check for whole numbers. */

const READ = [
  '600',
  '0 2 * * 1-5',
  '0 2 * * MON-FRI',
  '0 2 1 jan *',
  '*/7 * * * *',
  '5-50/15 * * * *',
  '0 2 ? * 1',
  '0 2 L * *',
  '0 2 * * L5',
  '0 2 * * mon#2',
  '@daily',
  '0 2 * * * 30',
  '0 2 * * 7',
];
const NOT_READ = [
  'every day',
  '0 2 * *',
  '0 25 * * *',
  '60 * * * *',
  '0 2 32 * *',
  '0 2 0 * *',
  '0 2 * 13 *',
  '0 2 * * 8',
  '*/0 * * * *',
  '0 2 * * monday',
  '0 2 * mon *',
  '@reboot',
  'a * * * *',
  '0,,5 * * * *',
  '0600',
  '',
];

describe('intervals that were set elsewhere', () => {
  it.each(READ)('are read if Watcher reads them: %s', (interval) => expect(isReadByWatcher(interval)).toBe(true));
  it.each(NOT_READ)('are not if it does not: “%s”', (interval) => expect(isReadByWatcher(interval)).toBe(false));

  it('are read if our form takes them', () => {
    for (const interval of ['1', '0 2 1,15 * mon', '0 22 * * sun-fri', '*/61 * * * *', '59 23 31 12 *'])
      if (typeof readInterval(interval) !== 'string') expect(isReadByWatcher(interval)).toBe(true);
  });
});

describe('cron that our form takes', () => {
  it.each([
    ['0 2 * * 5-1', 'runs backwards'],
    ['0 2 * * 1-1', 'a range of one'],
    ['1-1 * * * *', 'a range of one'],
    ['5/15 * * * *', 'is not cron'],
    ['0 2 ? * 1', 'no field of cron'],
    ['0 2 L * *', 'no field of cron'],
    ['0 2 15W * *', 'no field of cron'],
    ['0 2 * * 1#2', 'no field of cron'],
    ['0 2 * * * *', 'This has 6'],
    ['@daily', 'five fields'],
    ['*/90 * * * *', 'is not cron'],
    ['0 2 * * monday', 'no field of cron'],
    ['0 0 30 2 *', 'never run'],
  ])('has nothing that releases of Watcher read differently: %s', (interval, words) => {
    expect(readInterval(interval)).toContain(words);
  });
});
