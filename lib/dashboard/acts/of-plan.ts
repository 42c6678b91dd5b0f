import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { refusal } from '@/lib/domain/acts/refusal';
import { seenIn } from '@/lib/domain/acts/seen';
import { publicMessage } from '@/lib/errors';
import type { Session } from '@/lib/openstack/session';
import { readActionPlan } from '@/lib/openstack/watcher';
import type { Written } from '@/lib/openstack/writes/writer';
import { SECOND_MS } from '@/lib/units';
import { ActRefused, type Asked, type Done, requestIdsOf } from './act';
import { type Leaving, lookAtPlan, type PlanLook } from './look';

/** What the acts on a plan share. */

/** Stands for what a check found. */
export const digestOfSeen = (look: PlanLook): string =>
  createHash('sha256').update(seenIn(look.facts)).digest('base64url').slice(0, 22);

export const turnOf = ({ region, params }: Asked<unknown>) => `plan ${region} ${params.plan ?? ''}`;

export async function look({ region, params }: Asked<unknown>, leaving?: Leaving): Promise<PlanLook> {
  // Which one that is may change between the look and the act.
  if (params.plan === 'newest')
    throw new ActRefused(refusal('gone', 'An act names its plan by its id: the newest may be another one by now.'));
  const found = await lookAtPlan(region, { audit: params.id ?? '', plan: params.plan ?? '', leaving });
  if (found === null || found.facts.plan.id !== params.plan)
    throw new ActRefused(refusal('gone', 'There is no such plan any more.'));
  return found;
}

/** What the acts on a plan record of it. */
export const planOf = ({ facts: { plan, audit }, auditName }: PlanLook) => ({
  objectType: 'plan',
  objectId: plan.id,
  objectName: auditName,
  auditId: audit?.id ?? null,
});

/** How often a plan is read until its state is what an act leads to, and how long apart. */
const READS = 4;
const BETWEEN_MS = SECOND_MS;

/** The state of a plan, read until it has left the ones before; null if it is gone. */
export async function stateAfter(session: Session, planId: string, before: string[]): Promise<string | null> {
  for (let read = 1; ; read++) {
    const plan = await readActionPlan(session, planId);
    if (plan === null || !before.includes(plan.state) || read === READS) return plan?.state ?? null;
    await setTimeout(BETWEEN_MS);
  }
}

/**
 * What came of writes that were accepted, as the cloud shows it: a gateway may have answered in the place of the service.
 * Unknown while it does not show it, or can't be read.
 */
export async function confirm(written: Pick<Written, 'requestId'>[], look: () => Promise<Done>): Promise<Done> {
  const requestIds = requestIdsOf(...written);
  try {
    return { ...(await look()), requestIds };
  } catch (error) {
    return { outcome: 'unknown', detail: `The request was accepted. ${publicMessage(error)}`, requestIds };
  }
}
