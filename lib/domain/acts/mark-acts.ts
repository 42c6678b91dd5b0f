import type { Refusal } from '@/lib/contract/v1/acts';
import type { Server } from '@/lib/openstack/records';
import { OUR_TAG } from '../cluster/must-not-move';
import { refusal } from './refusal';

/** Whether a VM may be marked as one that must not move, and why not. */

/** `tags` as Nova has them now. */
export type MarkFacts = { tags: string[]; server: Pick<Server, 'name' | 'status'> };

/** In other states Nova changes no tags. */
const STEADY = ['ACTIVE', 'PAUSED', 'SUSPENDED', 'SHUTOFF'];

/** All reasons, the hardest first; empty if it may be marked. */
export const refuseMark = (facts: MarkFacts): Refusal[] => [
  ...(facts.tags.includes(OUR_TAG) ? [refusal('wrong-state', `${facts.server.name} is marked already.`)] : []),
  ...whyUnsteady(facts),
];

/** All reasons, the hardest first; empty if its mark may be taken away. Marks of others are theirs. */
export const refuseUnmark = (facts: MarkFacts): Refusal[] => [
  ...(facts.tags.includes(OUR_TAG)
    ? []
    : [refusal('wrong-state', `${facts.server.name} has no mark that was set here (tag ${OUR_TAG}).`)]),
  ...whyUnsteady(facts),
];

function whyUnsteady({ server: { name, status } }: MarkFacts): Refusal[] {
  if (STEADY.includes(status)) return [];
  return [refusal('wrong-state', `${name} is ${status}, and Nova changes no tags of a VM in this state.`)];
}
