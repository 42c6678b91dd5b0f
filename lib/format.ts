import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './units';

/** Numbers, bytes, percentages and times for people. Unknown values become a dash; the reason is shown elsewhere. */

export const MISSING = '–';
/** A narrow no-break space. */
const GAP = '\u202f';
const MINUS = '\u2212';

/** Rounds to what will be shown; + 0 turns -0 into 0. */
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;

/** Creating a formatter costs about a hundred times as much as using it, so each is created once. */
const formatters = new Map<number, Intl.NumberFormat>();

function formatterFor(digits: number): Intl.NumberFormat {
  const known = formatters.get(digits);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formatters.set(digits, made);
  return made;
}

const withDigits = (value: number, digits: number): string =>
  formatterFor(digits).format(round(value, digits)).replace('-', MINUS);

type Unknown = number | null | undefined;

const known = (value: Unknown): value is number => value !== null && value !== undefined && Number.isFinite(value);

/** A number for exports, without a sign if it rounds to zero; null if unknown. */
export const rounded = (value: Unknown, digits = 1): number | null => (known(value) ? round(value, digits) : null);

/**
 * Responses have one decimal, and the what-if in the browser has exact numbers: whole numbers are rounded from one decimal, so
 * that 87.46 is 88 on every page.
 */
const asSent = (value: number, digits: number): number => (digits === 0 ? round(value, 1) : value);

/** 9,804; 24.0 with one digit */
export const formatCount = (value: Unknown, digits = 0): string =>
  known(value) ? withDigits(asSent(value, digits), digits) : MISSING;

/** 123k, 1.2M: at most three digits, for tight spaces; the tooltip has the exact number. */
export function formatCompact(value: Unknown): string {
  if (!known(value)) return MISSING;
  const size = Math.abs(value);
  const [factor, letter] = size >= 999_500 ? [1e6, 'M'] : size >= 9_999.5 ? [1e3, 'k'] : [1, ''];
  const scaled = value / factor;
  return `${withDigits(scaled, factor > 1 && Math.abs(scaled) < 10 && !Number.isInteger(round(scaled, 1)) ? 1 : 0)}${letter}`;
}

/** 51.6%; 89% with no digits */
export const formatPercent = (value: Unknown, digits = 1): string =>
  known(value) ? `${withDigits(asSent(value, digits), digits)}%` : MISSING;

/** 925; 7.5: one decimal for fractions below 100 */
export function formatCores(value: Unknown): string {
  if (!known(value)) return MISSING;
  const rounded = round(value, 1);
  return withDigits(rounded, Math.abs(rounded) < 100 && !Number.isInteger(rounded) ? 1 : 0);
}

/** 1.70× */
export const formatRatio = (value: Unknown, digits = 2): string =>
  known(value) ? `${withDigits(value, digits)}×` : MISSING;

/** 12.5 pts: percentage points */
export const formatPoints = (value: Unknown): string => (known(value) ? `${withDigits(value, 1)}${GAP}pts` : MISSING);

/**
 * CPU of a moved VM in points of both hosts, which differ where the hosts differ in size: −11.5 / +7.7 pts for what the source
 * loses and the destination gains, 12.5 pts if they are the same, −11.5 pts if the other end is unknown
 */
export function formatEnds(source: Unknown, destination: Unknown): string {
  const ends = [
    ...(known(source) ? [{ sign: '−', points: withDigits(source, 1) }] : []),
    ...(known(destination) ? [{ sign: '+', points: withDigits(destination, 1) }] : []),
  ];
  const [first, second] = ends;
  if (!first) return MISSING;
  if (first.points === second?.points) return `${first.points}${GAP}pts`;
  return `${ends.map(({ sign, points }) => `${sign}${points}`).join(' / ')}${GAP}pts`;
}

/** +2.4, −12.1, or 0.0 without a sign */
export function formatChange(value: Unknown, digits = 1): string {
  if (!known(value)) return MISSING;
  return `${round(value, digits) > 0 ? '+' : ''}${withDigits(value, digits)}`;
}

const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const TIB = UNITS.indexOf('TiB');

/** 12 GiB, 3.5 GiB, 4.0 TiB, 16 TiB: one decimal below 10 for fractions, and always below 10 TiB. */
export function formatBytes(value: Unknown): string {
  if (!known(value)) return MISSING;
  let unit = 0;
  let amount = Math.abs(value);
  // Compare the number that will be shown: 1023.7 GiB is 1.0 TiB, never 1,024 GiB.
  while (round(amount, 0) >= KIB && unit < UNITS.length - 1) {
    amount /= KIB;
    unit++;
  }
  const rounded = round(amount, 1);
  const digits = rounded < 10 && (unit >= TIB || !Number.isInteger(rounded)) ? 1 : 0;
  return `${value < 0 ? MINUS : ''}${withDigits(rounded, digits)}${GAP}${UNITS[unit]}`;
}

/** 14 s, 26 min, 6 h, 3 d */
export function formatAge(ms: Unknown): string {
  if (!known(ms)) return MISSING;
  const age = Math.max(0, ms);
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)}${GAP}s`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)}${GAP}min`;
  if (age < 2 * DAY_MS) return `${Math.floor(age / HOUR_MS)}${GAP}h`;
  return `${Math.floor(age / DAY_MS)}${GAP}d`;
}

/** Time left: 46 s, 119 s; in minutes from three minutes up; never negative. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  return seconds < 180 ? `${seconds}${GAP}s` : `${Math.ceil(seconds / 60)}${GAP}min`;
}

/** An interval in the largest exact unit: 10 min, 90 s, 6 h. */
export function formatInterval(seconds: number): string {
  if (seconds % 3600 === 0) return `${formatCount(seconds / 3600)}${GAP}h`;
  return seconds % 60 === 0 ? `${formatCount(seconds / 60)}${GAP}min` : `${formatCount(seconds)}${GAP}s`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 02:41 UTC; with the date if it isn't today: 12 Feb, 21:15 UTC; with the year if it isn't this year. */
export function formatTime(at: Unknown, now: number): string {
  if (!known(at)) return MISSING;
  const text = new Date(at).toISOString();
  const clock = `${text.slice(11, 16)} UTC`;
  const isToday = text.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? clock : `${formatDate(at, now)}, ${clock}`;
}

/** 12 Feb in UTC; with the year if it isn't this year. */
export function formatDate(at: Unknown, now: number): string {
  if (!known(at)) return MISSING;
  const date = new Date(at);
  const year = date.getUTCFullYear();
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year === new Date(now).getUTCFullYear() ? '' : ` ${year}`}`;
}

/** 2026-02-12 21:15 UTC: for texts that leave the screen */
export function formatStamp(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

/** 20260212-2115Z: for file names */
export const fileStamp = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}Z`;

/** 1 host, 2 hosts */
export const formatThings = (count: Unknown, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Names in a sentence: a; a and b; a, b and 3 more. */
export function formatNames(names: string[], limit = 3): string {
  const shown = names.slice(0, limit);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${formatCount(rest)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** The text of a path parameter. Next decodes some itself, and what is left may hold a percent sign of its own. */
export function decodedParameter(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return parameter;
  }
}
