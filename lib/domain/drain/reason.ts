import { formatStamp } from '@/lib/format';

/**
 * Nova keeps one text with a closed host. Ours says who closed it, when, why and until when, so that the list of hosts out of
 * service needs no store of its own: `swap fans, OPS-412 (ops, 2026-02-12 22:31 UTC, back 2026-02-13 05:00 UTC, Watcher Visio)`
 */
export type CloseReason = {
  why: string;
  person: string;
  /** ms. */
  at: number;
  /** When the host is to be back, in ms; null if nobody said. */
  backBy: number | null;
};

/** Nova's column holds no more characters. */
const LONGEST = 255;
const LONGEST_NAME = 64;
const MARK = 'Watcher Visio';

/** A reason that is too long is cut; the journal keeps the whole of it. Times are cut to minutes. */
export function writeCloseReason({ why, person, at, backBy }: CloseReason): string {
  const back = backBy === null ? '' : `, back ${formatStamp(backBy)}`;
  const tail = ` (${nameIn(person)}, ${formatStamp(at)}${back}, ${MARK})`;
  const room = LONGEST - tail.length;
  const text = oneLine(why);
  return `${text.length > room ? `${text.slice(0, room - 1).trimEnd()}…` : text}${tail}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Parentheses and commas part the text, so a name has none. */
const nameIn = (person: string): string => oneLine(person.replace(/[(),]/g, ' ')).slice(0, LONGEST_NAME) || 'unknown';

const STAMP = '(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d) UTC';
const OURS = new RegExp(`^(.*) \\(([^(),]+), ${STAMP}(?:, back ${STAMP})?, ${MARK}\\)$`, 's');

/** null for a text that is not ours. */
export function readCloseReason(text: string): CloseReason | null {
  const found = OURS.exec(text);
  if (found === null) return null;
  const [, why = '', person = '', at = '', back] = found;
  const [since, until] = [timeOf(at), back === undefined ? null : timeOf(back)];
  return since === null ? null : { why, person, at: since, backBy: until };
}

/** null for a day or an hour that does not exist. */
function timeOf(stamp: string): number | null {
  const at = Date.parse(`${stamp.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}

/** What its strategy host_maintenance writes when it closes a host, over any other reason, also over that of a person. */
export const WATCHER_MAINTAINS = 'watcher_maintaining';
/** What Watcher writes when a strategy closes a host. */
const BY_WATCHER: ReadonlySet<string> = new Set(['watcher_disabled', WATCHER_MAINTAINS]);

/** Whose reason it is, and what it says; of a host without a text, nobody knows anything. */
export type Closer =
  | ({ by: 'here' } & CloseReason)
  | { by: 'watcher'; why: string }
  | { by: 'other'; why: string }
  | { by: 'unknown' };

export function readCloser(disabledReason: string | null): Closer {
  const text = disabledReason?.trim() ?? '';
  if (text === '') return { by: 'unknown' };
  if (BY_WATCHER.has(text)) return { by: 'watcher', why: text };
  const ours = readCloseReason(text);
  return ours === null ? { by: 'other', why: text } : { by: 'here', ...ours };
}
