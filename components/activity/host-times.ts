import type { Activity } from '@/lib/contract/v1/activity';
import type { OutTime } from '@/lib/contract/v1/out-times';
import { formatThings, formatTime } from '@/lib/format';
import { groupBy } from '@/lib/group-by';
import { placeOf } from './lanes';

/** Hosts with the times in which they were hot or out of service, as bars. */

export type HostBar = {
  key: string;
  /** Percentages of the width. */
  start: number;
  end: number;
  tone: 'hot' | 'out' | 'down';
  /** An end that nobody knows. */
  isVague: boolean;
  title: string;
};

export type HostRow = { host: string; words: string; bars: HostBar[] };

/** More hosts would hide the rest of the page. */
const MOST_ROWS = 6;

/** `more`: how many hosts have no row. */
export type HostRows = { rows: HostRow[]; more: number };

export function hotRows(activity: Activity): HostRows {
  const { hot_hosts: hosts, hot_hosts_total: total, until } = activity;
  const rows = hosts.slice(0, MOST_ROWS).map(({ host, times, is_hot: isHot }) => ({
    host,
    words: host,
    bars: times.map((time, i): HostBar => {
      const isNow = isHot && i === times.length - 1;
      return {
        key: String(time.from),
        start: placeOf(time.from, activity),
        end: isNow ? 100 : placeOf(time.until, activity),
        tone: 'hot',
        isVague: false,
        title: `${host} hot from ${formatTime(time.from, until)} ${isNow ? 'on' : `to ${formatTime(time.until, until)}`}`,
      };
    }),
  }));
  return { rows, more: total - rows.length };
}

/** Those that are out of service now first, then those that were last. */
export function outRows(activity: Activity): HostRows {
  const byHost = [...groupBy(activity.out_of_service, ({ host }) => host)].toReversed();
  const sorted = byHost.sort(([, a], [, b]) => Number(isOut(b)) - Number(isOut(a)));
  const rows = sorted.slice(0, MOST_ROWS).map(([host, times]) => ({
    host,
    words: shorten(`${host}, ${times.at(-1)?.text ?? ''}`),
    bars: times.map((time, i) => ({ key: `${time.from} ${i}`, ...barOf(time, activity) })),
  }));
  return { rows, more: byHost.length - rows.length };
}

/** What has room on a phone; the bar's title has all of it. */
const MOST_LETTERS = 38;

const shorten = (text: string): string =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS).trimEnd()}…` : text;

const isOut = (times: OutTime[]): boolean => times.some(({ is_out: out }) => out);

function barOf({ host, from, until, is_out: out, by, text }: OutTime, activity: Activity): Omit<HostBar, 'key'> {
  const at = (time: number) => formatTime(time, activity.until);
  const start = from === null ? 0 : placeOf(from, activity);
  const began = from === null ? 'since when is unknown' : `from ${at(from)}`;
  const ended = out ? '' : until === null ? ', opened elsewhere, nobody knows when' : ` to ${at(until)}`;
  return {
    start,
    end: until === null ? (out ? 100 : start) : placeOf(until, activity),
    tone: by === 'down' ? 'down' : 'out',
    isVague: from === null || (!out && until === null),
    title: `${host} out of service ${began}${ended}: ${text}`,
  };
}

/** What a lane of bars says to people who can’t see it. */
export const describeRows = (name: string, { rows, more }: HostRows): string => {
  const said = rows.flatMap(({ bars }) => bars.map(({ title }) => title)).slice(0, MOST_SAID);
  return `${name}: ${formatThings(rows.length + more, 'host')}${said.length === 0 ? '' : `. ${said.join('. ')}`}.`;
};

const MOST_SAID = 8;
