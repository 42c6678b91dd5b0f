import type { OutOfService } from '@/lib/contract/v1/closed-host';
import type { OutTime } from '@/lib/contract/v1/out-times';
import { groupBy } from '@/lib/group-by';

/** When hosts were out of service: from what people and Watcher did, and from how hosts are now. Times in ms. */

/** A host was closed or opened. */
export type DoorEvent = {
  host: string;
  at: number;
  closes: boolean;
  by: 'person' | 'watcher';
  /** Who, and why: "ops: swap fans", or the plan. */
  text: string;
};

/** A host that is out of service now. */
export type OutNow = { host: string; out: OutOfService };

type Parts = { events: DoorEvent[]; now: OutNow[]; from: number; until: number };

/** Times that reach into the given one, by their beginning; those of which nobody knows it first. */
export function listOutTimes({ events, now, from, until }: Parts): OutTime[] {
  const byHost = groupBy(events, ({ host }) => host);
  const outNow = new Map(now.map(({ host, out }) => [host, out]));
  const hosts = new Set([...byHost.keys(), ...outNow.keys()]);
  return [...hosts]
    .flatMap((host) => timesOf(host, byHost.get(host) ?? [], outNow.get(host) ?? null))
    .filter((time) => (time.from ?? from) <= until && (time.is_out || (time.until ?? time.from ?? until) >= from))
    .sort((a, b) => (a.from ?? 0) - (b.from ?? 0) || (a.host < b.host ? -1 : 1));
}

function timesOf(host: string, events: DoorEvent[], out: OutOfService | null): OutTime[] {
  const times: OutTime[] = [];
  let open: DoorEvent | null = null;
  for (const event of events.toSorted((a, b) => a.at - b.at)) {
    if (event.closes) open ??= event;
    else {
      const { by, text } = open ?? UNKNOWN;
      times.push({ host, from: open?.at ?? null, until: event.at, is_out: false, by, text });
      open = null;
    }
  }
  if (out !== null) times.push(describeNow(host, out, open));
  // Opened elsewhere: Nova keeps no record of that.
  else if (open !== null) times.push({ host, from: open.at, until: null, is_out: false, by: open.by, text: open.text });
  return times;
}

const UNKNOWN = { by: 'unknown', text: 'closed elsewhere' } as const;

function describeNow(host: string, { state, closed, since, plan }: OutOfService, event: DoorEvent | null): OutTime {
  const base = { host, until: null, is_out: true };
  if (state === 'down') return { ...base, from: since, by: 'down', text: 'nova-compute is silent' };
  const by = closed?.by === 'here' ? 'person' : closed?.by === 'watcher' ? 'watcher' : (event?.by ?? 'unknown');
  const words = [closed?.person, closed?.reason].filter((part) => part != null).join(': ');
  const text =
    state === 'left-behind' ? `left behind${plan === null ? '' : ` by ${plan.audit_name}`}` : words || event?.text;
  return { ...base, from: since ?? event?.at ?? null, by, text: text ?? UNKNOWN.text };
}
