import type { Refusal } from '@/lib/contract/v1/acts';
import type { Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import { refusal } from './refusal';

/**
 * How an audit that starts its plans is made to ask first. Watcher takes a change of `auto_trigger` at any time, and its
 * decision engine goes on with what it read when it took a continuous audit up: the API says false then, and plans start
 * all the same (tried on 2026.2; the code is the same from Zed on). So such an audit is replaced. An engine reads an event
 * audit at each call, and lets go of one that is suspended: these are changed.
 */

type Of = Pick<Audit, 'name' | 'type' | 'state' | 'interval' | 'autoTrigger' | 'createdAt' | 'updatedAt'>;

export type WayToAsk = 'change' | 'replace';

export const wayToAsk = ({ type, state }: Pick<Audit, 'type' | 'state'>): WayToAsk =>
  type === 'CONTINUOUS' && state !== 'SUSPENDED' ? 'replace' : 'change';

/** The engine looks for suspended audits every ten seconds. */
const LETS_GO_MS = 2 * MINUTE_MS;

const wrong = (text: string): Refusal[] => [refusal('wrong-state', text)];

/** @param now ms */
export function refuseAsk({ type, state, autoTrigger, createdAt, updatedAt }: Of, now: number): Refusal[] {
  if (!autoTrigger) return wrong('It asks before each plan already.');
  if (type === 'ONESHOT') return wrong('It runs once only.');
  if (type === 'CONTINUOUS' && state === 'SUCCEEDED')
    return wrong('It is SUCCEEDED, from where Watcher lets nobody end it: archive it, and create it again.');
  if (['FAILED', 'CANCELLED', 'DELETED'].includes(state)) return wrong(`It is over: it is ${state}.`);
  return state === 'SUSPENDED' && now - (updatedAt ?? createdAt) < LETS_GO_MS
    ? wrong('It was suspended just now, and Watcher may still hold its old settings. Try again in two minutes.')
    : [];
}

/** What it does, a sentence each. @param replacement name of the audit that takes its place */
export function describeAsking(audit: Of, replacement: string): string[] {
  const { name, state, interval } = audit;
  const goesOn = 'A plan that runs goes on, and a run that has begun still starts its plan.';
  if (wayToAsk(audit) === 'change')
    return [
      `From now on, ${name} proposes, and its plans wait for you.`,
      state === 'SUSPENDED' ? 'It stays suspended.' : goesOn,
    ];
  return [
    'Watcher would go on starting its plans if only the setting were changed. So two things happen:',
    `First, ${name} is ended. It can’t be resumed.`,
    `Then ${replacement} is created with the same settings, and its plans wait for you. ${firstRun(interval)}`,
    goesOn,
    `If that fails, ${name} stays ended, and nothing starts without asking.`,
  ];
}

const firstRun = (interval: string | null): string =>
  /^\d+$/.test(interval ?? '') ? 'It runs at once, and then as often as before.' : 'It runs at its next time.';
