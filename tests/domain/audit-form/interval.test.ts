import { describe, expect, it } from 'vitest';
import {
  describeInterval,
  nextRuns,
  readInterval,
  readNewInterval,
  shortestGap,
} from '@/lib/domain/audit-form/interval';

/** Thursday. */
const NOW = Date.parse('2026-02-12T03:06:00Z');
const readable = (text: string) => {
  const read = readInterval(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
};
const runs = (text: string) => nextRuns(readable(text), NOW, 3).map((at) => new Date(at).toISOString().slice(0, 16));

describe('an interval', () => {
  it('is seconds, counted from now', () => {
    expect(runs('600')).toEqual(['2026-02-12T03:16', '2026-02-12T03:26', '2026-02-12T03:36']);
  });

  it('is cron of five fields, in UTC', () => {
    expect(runs('0 2 * * 1-5')).toEqual(['2026-02-13T02:00', '2026-02-16T02:00', '2026-02-17T02:00']);
    expect(runs('*/20 * * * *')).toEqual(['2026-02-12T03:20', '2026-02-12T03:40', '2026-02-12T04:00']);
  });

  it('means a day of the month or a weekday where both are given, as in every cron', () => {
    expect(runs('0 0 20 * mon')).toEqual(['2026-02-16T00:00', '2026-02-20T00:00', '2026-02-23T00:00']);
  });

  it.each([
    ['', 'Give seconds'],
    ['0', 'between 1 and'],
    ['99999999999', 'between 1 and'],
    ['every day', 'This has 2'],
    ['0 0 2 * * 1', 'This has 6'],
    ['@daily', 'This has 1'],
    ['0 25 * * *', 'outside its field'],
    ['0 0 31 2 *', 'it would never run'],
    ['0 0 L * *', '“L” is no field'],
    ['0 0 ? * *', '“?” is no field'],
    ['1.5 * * * *', '“1.5” is no field'],
  ])('is not “%s”, which never reaches Watcher', (text, words) => {
    expect(readInterval(text)).toContain(words);
  });

  it.each([
    ['600', 'every 10 min'],
    ['7200', 'every 2 h'],
    ['*/15 * * * *', 'every 15 min'],
    ['0 */6 * * *', 'every 6 h'],
    ['5 * * * *', 'every hour, 5 min past'],
    ['30 0 * * *', 'daily at 00:30 UTC'],
    ['0 2 * * 1-5', 'weekdays at 02:00 UTC'],
    ['0 2 * * 7', 'Sundays at 02:00 UTC'],
    ['0 2 1 * *', 'at the times of “0 2 1 * *”, UTC'],
  ])('is said in words: %s', (text, words) => {
    expect(describeInterval(readable(text)).replace(/\s/g, ' ')).toBe(words);
  });

  it('of a new audit is a minute at least, as cron’s is; one that was set elsewhere is read as it is', () => {
    expect(readNewInterval('59')).toContain('Give 60 seconds or more');
    expect(readNewInterval('60')).toEqual({ kind: 'seconds', seconds: 60 });
    expect(readNewInterval('* * * * *')).toMatchObject({ kind: 'cron' });
    expect(readNewInterval('every day')).toContain('This has 2');
    expect(readInterval('5')).toEqual({ kind: 'seconds', seconds: 5 });
  });

  it('has a shortest gap, which may be shorter than most', () => {
    expect(shortestGap(readable('0,2 * * * *'), NOW)).toBe(120_000);
  });
});
