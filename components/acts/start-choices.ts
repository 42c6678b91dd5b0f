import type { PlanCheck, Refusal } from '@/lib/contract/v1/acts';
import { formatThings } from '@/lib/format';
import { missingProof, type Proof } from './use-acting';

/** What a start still needs from a person, and what has changed while they read. */

/** What speaks against a start: what nobody can override, and what a person may take upon themselves. */
export type Found = { final: Refusal[]; choices: Refusal[] };

/** VMs that must not move are named one by one, in the list of moves. */
export const sortFound = (refusals: Refusal[]): Found => ({
  final: refusals.filter(({ override }) => !isChoice(override)),
  choices: refusals.filter(({ override }) => isChoice(override)),
});

const isChoice = (override: Refusal['override']): boolean => override === 'queue' || override === 'despite';

export const START_WORDS: Record<Exclude<Refusal['override'], null | 'anyway'>, string> = {
  queue: 'Queue it all the same',
  despite: 'Start with these moves all the same',
};

export const keyOf = ({ code, text }: Refusal): string => `${code} ${text}`;

export const titleOf = ({ will: { moves, left_out: leftOut } }: PlanCheck): string =>
  leftOut === 0 ? `Start ${formatThings(moves, 'move')}` : `Start ${formatThings(moves, 'move')}, skip ${leftOut}`;

type Given = { accepted: ReadonlySet<string>; reason: string; typed: string; proof: Proof & { wantsCode: boolean } };

/** What is left to do before the button works. */
export function leftToDo({ start, confirm, permission, made_at: now }: PlanCheck, given: Given): string[] {
  const { accepted, reason, typed, proof } = given;
  return [
    sortFound(start).choices.every((one) => accepted.has(keyOf(one))) ? null : 'a choice',
    reason.trim() === '' ? 'the reason' : null,
    confirm === null || typed === String(confirm) ? null : 'the number',
    ...missingProof(permission, now, proof),
  ].filter((part) => part !== null);
}

export type News = { lead: string; text: string };

/** What differs between two checks, in words. */
export function newsOf(before: PlanCheck, after: PlanCheck): News {
  const known = new Set(before.start.map(({ text }) => text));
  const fresh = after.start.find(({ text }) => !known.has(text));
  const lead = after.will.vms === before.will.vms ? 'Something has changed.' : `It is ${after.will.vms} now.`;
  return { lead, text: fresh?.text ?? 'The plan is not what it was when you opened this.' };
}

export function toggled(set: ReadonlySet<string>, key: string, isIn: boolean): Set<string> {
  const next = new Set(set);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
