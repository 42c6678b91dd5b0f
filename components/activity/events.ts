import type { Activity } from '@/lib/contract/v1/activity';
import { formatTime } from '@/lib/format';

/** What the keyboard steps through on the timeline, oldest first. */
export type TimelineEvent = {
  key: string;
  at: number;
  /** A host, VM or audit: what the page can be filtered by. */
  name: string;
  /** "14:02, nightly: proposed moves" */
  words: string;
};

export const OUTCOMES: Record<Activity['audits'][number]['outcome'], string> = {
  proposed: 'proposed moves',
  nothing: 'nothing to do',
  failed: 'failed',
};

type Made = Omit<TimelineEvent, 'words'> & { what: string };

/** Runs of audits, starts of plans, moves that failed, hosts closed and opened. Moves that arrived are too many to step through. */
export function listEvents({ audits, plans, moves, hosts, from, until }: Activity): TimelineEvent[] {
  const made: Made[] = [
    ...audits.map(({ at, audit_name: audit, audit_id: id, outcome }) => ({
      key: `audit ${id} ${at}`,
      at,
      name: audit,
      what: OUTCOMES[outcome],
    })),
    ...plans.flatMap(({ began_at: at, plan_id: id, audit_name: audit, failed }) =>
      at === null
        ? []
        : [{ key: `plan ${id}`, at, name: audit, what: failed ? 'plan began, and failed' : 'plan began' }],
    ),
    ...moves.flatMap(({ at, vm_id: id, vm_name: name, result, source, destination }) =>
      result === 'failed'
        ? [{ key: `move ${id} ${at}`, at, name: name ?? id, what: `did not move${wayOf(source, destination)}` }]
        : [],
    ),
    ...hosts.map(({ at, host, change, person }) => ({
      key: `host ${host} ${at}`,
      at,
      name: host,
      what: `${change} by ${person}`,
    })),
  ];
  return made
    .filter(({ at }) => at >= from && at <= until)
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
    .map(({ what, ...event }) => ({ ...event, words: `${formatTime(event.at, until)}, ${event.name}: ${what}` }));
}

/** " from a to b", as far as Nova says. */
const wayOf = (source: string | null, destination: string | null): string =>
  `${source === null ? '' : ` from ${source}`}${destination === null ? '' : ` to ${destination}`}`;

type Span = { from: number; until: number };

/**
 * The row of each of these in a lane, so that none covers another; those that find no row share the last.
 *
 * @param gap how much time is left free after each, ms
 */
export function rowsOf(spans: Span[], { most, gap }: { most: number; gap: number }): number[] {
  const ends: number[] = [];
  const order = spans.map((span, i) => ({ span, i })).sort((a, b) => a.span.from - b.span.from || a.i - b.i);
  const rows: number[] = [];
  for (const { span, i } of order) {
    const free = ends.findIndex((end) => end + gap <= span.from);
    const row = free >= 0 ? free : Math.min(ends.length, most - 1);
    ends[row] = Math.max(span.until, ends[row] ?? span.until);
    rows[i] = row;
  }
  return rows;
}
