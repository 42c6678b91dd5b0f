import { Cron } from 'croner';
import { formatInterval } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';

/** How often an audit runs. Watcher takes any text, and one that it can't read keeps it from taking up other audits. */

export type Interval = { kind: 'seconds'; seconds: number } | { kind: 'cron'; cron: string };

const MOST_SECONDS = 366 * 86_400;
/** Five fields of numbers, names, ranges, lists and steps: what Watcher's library and ours read alike. */
const PART = String.raw`(\*|(\d+|[a-z]{3})(-(\d+|[a-z]{3}))?)(/\d+)?`;
const FIELD = new RegExp(`^${PART}(,${PART})*$`, 'i');
const RANGE_OF_ONE = /\b(\w+)-\1\b/i;

/** @returns a sentence if the text is neither seconds nor cron */
export function readInterval(text: string): Interval | string {
  const wanted = text.trim();
  if (wanted === '') return 'Give seconds, such as 600, or five fields of cron, such as 0 2 * * 1-5.';
  if (/^\d+$/.test(wanted)) {
    const seconds = Number(wanted);
    if (seconds < 1 || seconds > MOST_SECONDS) return 'Seconds must be between 1 and 31,622,400, which is a year.';
    return { kind: 'seconds', seconds };
  }
  const fields = wanted.split(/\s+/);
  if (fields.length !== 5)
    return `Cron has five fields here: minute, hour, day, month, weekday. This has ${fields.length}.`;
  const odd = fields.find((field) => !FIELD.test(field));
  if (odd !== undefined) return `“${odd}” is no field of cron: use numbers, *, ranges, lists and steps.`;
  const alone = wanted.match(RANGE_OF_ONE)?.[0];
  if (alone !== undefined) return `“${alone}” is a range of one, which newer releases of Watcher read as every value.`;
  const cron = fields.join(' ');
  try {
    if (timesOf(cron).nextRun(new Date(ANY_DAY)) === null) return 'There is no such day: it would never run.';
  } catch {
    return `“${cron}” is not cron: a number is outside its field, or a range runs backwards.`;
  }
  return { kind: 'cron', cron };
}

/** As cron can't do more often either. Loads are measured about as often, and a plan that waits is replaced by the next run. */
const LEAST_SECONDS = 60;

/** One that a person asks for. Others may have set shorter ones elsewhere, which are shown as they are. */
export function readNewInterval(text: string): Interval | string {
  const read = readInterval(text);
  if (typeof read === 'string' || read.kind === 'cron' || read.seconds >= LEAST_SECONDS) return read;
  return 'Give 60 seconds or more: a faster run replaces a plan before anybody has read it.';
}

/** 1 January 2024: whether a day ever comes does not depend on today. */
const ANY_DAY = 1_704_067_200_000;

const timesOf = (cron: string): Cron => new Cron(cron, { timezone: 'UTC', mode: '5-part', paused: true });

/** The next runs after a time, in ms. @param from for seconds, the time of the last run or of the creation */
export function nextRuns(interval: Interval, from: number, count: number): number[] {
  if (interval.kind === 'seconds')
    return Array.from({ length: count }, (_, i) => from + (i + 1) * interval.seconds * SECOND_MS);
  return timesOf(interval.cron)
    .nextRuns(count, new Date(from))
    .map((at) => at.getTime());
}

/** The shortest time between two runs within a while, in ms. */
export function shortestGap(interval: Interval, from: number): number {
  const runs = nextRuns(interval, from, 50);
  return Math.min(...runs.slice(1).map((at, i) => at - (runs[i] ?? 0)));
}

/** What Watcher gets: seconds as they are, cron with single spaces. */
export const textOfInterval = (interval: Interval): string =>
  interval.kind === 'seconds' ? String(interval.seconds) : interval.cron;

const DAYS = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];
const isNumber = (field: string) => /^\d+$/.test(field);

/** "every 10 min", "weekdays at 02:00 UTC"; cron that has no short words is quoted. */
export function describeInterval(interval: Interval): string {
  if (interval.kind === 'seconds') return `every ${formatInterval(interval.seconds)}`;
  const [minute = '', hour = '', day, month, weekday = ''] = interval.cron.split(' ');
  const isEveryDay = day === '*' && month === '*';
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (isEveryDay && weekday === '*' && hour === '*' && step !== undefined && 60 % Number(step) === 0)
    return `every ${formatInterval(60 * Number(step))}`;
  if (isEveryDay && weekday === '*' && hour === '*' && isNumber(minute)) return `every hour, ${minute} min past`;
  const hours = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (isEveryDay && weekday === '*' && minute === '0' && hours !== undefined && 24 % Number(hours) === 0)
    return `every ${formatInterval(3600 * Number(hours))}`;
  if (!isEveryDay || !isNumber(minute) || !isNumber(hour)) return `at the times of “${interval.cron}”, UTC`;
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
  if (weekday === '*') return `daily at ${at}`;
  if (weekday === '1-5') return `weekdays at ${at}`;
  const name = isNumber(weekday) ? DAYS[Number(weekday)] : undefined;
  return name === undefined ? `at the times of “${interval.cron}”, UTC` : `${name} at ${at}`;
}
