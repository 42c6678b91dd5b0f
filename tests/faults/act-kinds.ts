import type { ServiceName } from '@/lib/simulation/wire';
import { type ActBreak, STEPS, type Step } from './act-world';
import type { JournalKind } from './breakable-store';
import { KINDS, SERVICES } from './kinds';

/** Every step of an act at which something can break, with every service and the ways in which it can. */

/** A start does not write to these, so they only need to be away, to fail and to talk nonsense. */
const ONLY_READ: ServiceName[] = ['nova', 'placement', 'prometheus'];
export const SOME = ['refused', '500', 'HTML'];
const MOST = [
  ...SOME,
  'hanging',
  'reset mid-body',
  '503',
  '401',
  '403',
  'not in the catalog',
  'truncated JSON',
  'wrong types',
];
const JOURNAL: JournalKind[] = ['away', 'lost answer'];

const breaksAt = (step: Step): ActBreak[] => [
  ...SERVICES.flatMap((service) =>
    KINDS.filter(({ name }) => (ONLY_READ.includes(service) ? SOME : MOST).includes(name))
      .filter(({ of }) => !of || of.includes(service))
      .map((kind) => ({ step, service, kind })),
  ),
  ...JOURNAL.map((kind) => ({ step, service: 'journal' as const, kind })),
];

export const ACT_SINGLES: ActBreak[] = STEPS.flatMap(breaksAt);

/** Something breaks, and at the same step or later something else. */
export const ACT_PAIRS: [ActBreak, ActBreak][] = ACT_SINGLES.flatMap((one) =>
  ACT_SINGLES.filter(
    ({ service, step }) => service !== one.service && STEPS.indexOf(step) >= STEPS.indexOf(one.step),
  ).map((other): [ActBreak, ActBreak] => [one, other]),
);

const ON_THE_WAY: Step[] = ['start', 'answer'];

/** Of the service that an act writes to, on the way there and back; and of the journal at every step. */
export const otherSingles = (to: ServiceName): ActBreak[] =>
  STEPS.flatMap(breaksAt).filter(({ service, step }) =>
    service === to ? ON_THE_WAY.includes(step) : service === 'journal' && step !== 'skip',
  );

export const describeActBreak = (one: ActBreak): string =>
  `${one.step}, ${one.service}: ${one.service === 'journal' ? one.kind : one.kind.name}`;
