import { ADDRESSES } from '../live/answers';
import type { Confirmed } from './confirm-dialog';

/** What acts that two clicks decide say before. */

/** A plan, by its ids and the name of its audit. */
export type OfPlan = { audit: string; plan: string; name: string };

/** @param lines what cancelling it does, from the check */
export function refusing({ audit, plan, name }: OfPlan, state: string, lines: string[]): Confirmed {
  const waits = state === 'RECOMMENDED';
  return {
    title: waits ? `Refuse the plan of ${name}` : `Take ${name} out of the queue`,
    heading: 'What it does',
    lines,
    does: waits ? 'Refuse the plan' : 'Take it out',
    keeps: 'Keep it',
    icon: 'stop',
    address: `${ADDRESSES.ofPlan(audit, plan)}cancel/`,
    needsReason: false,
  };
}

export const archiving = ({ audit, plan, name }: OfPlan): Confirmed => ({
  title: `Archive the plan of ${name}`,
  heading: 'What it does',
  lines: [
    'The plan disappears from every list, with its actions, and can’t be brought back.',
    'What was done from here stays in the journal. VMs stay where they are.',
  ],
  does: 'Archive the plan',
  keeps: 'Keep it',
  icon: 'close',
  address: `${ADDRESSES.ofPlan(audit, plan)}archive/`,
  needsReason: true,
  leadsTo: '/plans/',
});

/** @param what "the move of web-9" */
export const skipping = ({ audit, plan }: OfPlan, action: string, what: string): Confirmed => ({
  title: `Skip ${what}`,
  heading: 'What it does',
  lines: [
    `Watcher leaves out ${what} when it runs this plan. That is for good: a skipped action can’t be brought back.`,
    'The other actions run all the same, those that were to follow it included.',
  ],
  does: 'Skip it for good',
  keeps: 'Keep it',
  icon: 'close',
  address: `${ADDRESSES.ofPlan(audit, plan)}actions/${encodeURIComponent(action)}/skip/`,
  needsReason: true,
});

type Vm = { id: string; name: string };

export const marking = ({ id, name }: Vm): Confirmed => ({
  title: `Mark ${name}: must not move`,
  heading: 'What it does',
  lines: [
    `${name} gets the server tag must-not-move, which others see at Nova, too. Your name and the reason go into the journal.`,
    'Plans, drains and careful runs that are started here leave it where it is, unless somebody names it.',
    'Watcher knows nothing of the mark: plans that start by themselves, and plans that run or wait already, may move it.',
  ],
  does: 'Mark it',
  keeps: 'Don’t mark it',
  icon: 'lock',
  address: `${ADDRESSES.server(id)}mark/`,
  needsReason: true,
});

export const unmarking = ({ id, name }: Vm): Confirmed => ({
  title: `Take the mark off ${name}`,
  heading: 'What it does',
  lines: [
    `The server tag must-not-move is taken off ${name}. Other tags stay, and so does what the settings say.`,
    'Plans that wait may move it again: look at them once more.',
  ],
  does: 'Take the mark off',
  keeps: 'Keep it',
  icon: 'lock',
  address: `${ADDRESSES.server(id)}unmark/`,
  needsReason: true,
});
