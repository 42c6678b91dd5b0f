/**
 * Whether Watcher can read an interval that was set elsewhere. More than our form takes, since Watcher reads cron with
 * Python's croniter: a sixth field for seconds, aliases, last days. Where releases of it differ, it counts as readable.
 */

const ALIAS = /^@(midnight|hourly|daily|weekly|monthly|yearly|annually)$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

type Column = { least: number; most: number; words: string[] };

/** Minute, hour, day, month, weekday, and second and year where they are given. */
const COLUMNS: Column[] = [
  { least: 0, most: 59, words: [] },
  { least: 0, most: 23, words: [] },
  { least: 1, most: 31, words: ['l'] },
  { least: 1, most: 12, words: MONTHS },
  { least: 0, most: 7, words: [...DAYS, ...Array.from({ length: 8 }, (_, day) => `l${day}`)] },
  { least: 0, most: 59, words: [] },
  { least: 1970, most: 2099, words: [] },
];

/** Whole seconds are what Python's int() writes as it reads them: no sign, space or leading zero. */
export function isReadByWatcher(interval: string): boolean {
  if (/^[1-9]\d*$/.test(interval)) return true;
  const text = interval.trim().toLowerCase();
  if (ALIAS.test(text)) return true;
  const fields = text.split(/\s+/);
  return (
    fields.length >= 5 &&
    fields.length <= COLUMNS.length &&
    fields.every((field, at) => field.split(',').every((item) => isItem(item, COLUMNS[at])))
  );
}

/** One of a list: a value or a range, perhaps with a step or, for weekdays, a number in the month. */
function isItem(item: string, column: Column | undefined): boolean {
  const found = /^([^/#]+)(?:\/(\d+)|#[1-5])?$/.exec(item);
  const [, values = '', step] = found ?? [];
  if (!found || column === undefined || step === '0') return false;
  if (values === '*' || values === '?') return true;
  return values.split('-').every((value) => isValue(value, column));
}

function isValue(value: string, { least, most, words }: Column): boolean {
  if (words.includes(value)) return true;
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}
