import type { Refusal } from '@/lib/contract/v1/acts';
import type { Audit } from '@/lib/openstack/records';
import { refusal } from './refusal';

/** Whether an audit may be suspended, resumed, ended, changed or archived, and why not. */

type Of = Pick<Audit, 'state' | 'type'>;

const wrong = (text: string): Refusal[] => [refusal('wrong-state', text)];
const isOver = (state: string) => ['SUCCEEDED', 'FAILED', 'CANCELLED', 'DELETED'].includes(state);

export function refuseSuspend({ state, type }: Of): Refusal[] {
  if (state === 'SUSPENDED') return wrong('It is suspended already.');
  if (type !== 'CONTINUOUS') return wrong('Only an audit that runs again and again can be suspended.');
  if (state === 'PENDING')
    return wrong('Its first run has not begun: until then Watcher can’t suspend it, only end it.');
  return state === 'ONGOING' ? [] : wrong(`It is over: it is ${state}.`);
}

export const refuseResume = ({ state }: Of): Refusal[] =>
  state === 'SUSPENDED' ? [] : wrong(isOver(state) ? `It is over: it is ${state}.` : 'It is not suspended.');

export function refuseEnd(audit: Of): Refusal[] {
  if (audit.state === 'PENDING' || audit.state === 'ONGOING') return [];
  if (audit.state === 'SUSPENDED') return wrong('A suspended audit can’t be ended: resume it first, or archive it.');
  return wrong(`It is over already: it is ${audit.state}.`);
}

export function refuseInterval({ state, type }: Of): Refusal[] {
  if (type !== 'CONTINUOUS') return wrong('Only an audit that runs again and again has an interval.');
  return isOver(state) ? wrong(`It is over: it is ${state}. Create it again with another interval.`) : [];
}

export function refuseArchiveAudit({ state }: Of): Refusal[] {
  if (state === 'DELETED') return wrong('It is archived already.');
  return isOver(state) || state === 'SUSPENDED'
    ? []
    : wrong(`Watcher archives only audits that are over or suspended; this one is ${state}. End it first.`);
}
const GOES_ON = 'A run that has begun makes its plan all the same.';

export const describeSuspending = (): string[] => ['It runs no more until somebody resumes it.', GOES_ON];
export const describeResuming = (): string[] => ['It runs again from its next time on.'];

/** @param waiting plans of it that can still be started */
export function describeEnding({ state, type }: Of, waiting: number): string[] {
  const left = waiting === 0 ? [] : [stillStarts(waiting)];
  if (state === 'ONGOING' && type === 'CONTINUOUS')
    return ['It runs no more, and can’t be resumed: create it again if you need it.', GOES_ON, ...left];
  return state === 'PENDING'
    ? ['It is cancelled before it has run.', 'It can’t be resumed: create it again if you need it.', ...left]
    : ['It is cancelled, which does not stop it: its plan still comes.', ...left];
}

/** @param waiting as above */
export const describeArchiving = (waiting: number): string[] => [
  'It disappears from every list.',
  waiting === 0 ? 'Its plans stay in Watcher without it.' : stillStarts(waiting),
];

const stillStarts = (waiting: number): string =>
  `${waiting === 1 ? 'A plan of it waits' : `${waiting} plans of it wait`}, and can still be started.`;
