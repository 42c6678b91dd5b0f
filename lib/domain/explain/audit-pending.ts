import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import type { AuditStory } from './cases';
import {
  type Circumstances,
  explain,
  nameOfAudit,
  plansRunningAt,
  plansRunningBetween,
  whyNoService,
} from './circumstances';

/** What an audit that has not run yet is waiting for. */

export function pendingAudit({ audit }: Pick<AuditStory, 'audit'>, circumstances: Circumstances): Explanation {
  const down = whyNoService(circumstances.services, 'watcher-decision-engine');
  if (down) {
    return explain({
      code: 'engine-down',
      cause: 'No decision engine is up to pick it up.',
      evidence: [down],
      next: 'Start watcher-decision-engine; it picks up the audit automatically.',
    });
  }
  if (audit.type === 'EVENT') return waitsForEvent(audit, circumstances);
  return scheduled(audit, circumstances) ?? waitsForEngine(audit, circumstances);
}

/** Watcher accepts a call of the webhook at any time, but drops it while a plan runs, without saying so. */
function waitsForEvent(audit: Audit, circumstances: Circumstances): Explanation {
  const others = audit.force ? [] : plansRunningBetween([audit.createdAt, circumstances.now], audit.id, circumstances);
  // Without a body Watcher answers 400.
  const call = `POST {} as JSON to Watcher’s /v1/webhooks/${audit.id}`;
  const created = `Created at ${formatStamp(audit.createdAt)}.`;
  if (others.length === 0) {
    return explain({
      code: 'waits-for-event',
      cause: 'It runs when its webhook is called, and no call has started it yet.',
      evidence: [created],
      next: `To start it, ${call}${audit.force ? '' : ' while no plan is running'}.`,
    });
  }
  return explain({
    code: 'waits-for-event',
    cause:
      'It runs when its webhook is called. If it was called while a plan was running, Watcher accepted the call and dropped it.',
    evidence: [created, ...others.slice(0, 3).map((plan) => describeRun(plan, circumstances))],
    next: `To start it, ${call} when no plan is running, or create the audit with force.`,
    certain: false,
  });
}

const describeRun = (plan: ActionPlan, circumstances: Circumstances): string =>
  ['ONGOING', 'CANCELLING'].includes(plan.state) || plan.updatedAt === null
    ? `The plan of ${nameOfAudit(plan, circumstances)} is ${plan.state}.`
    : `The plan of ${nameOfAudit(plan, circumstances)} was running until ${formatStamp(plan.updatedAt)}.`;

/** When an audit runs first, if that is known. */
function scheduled(audit: Audit, circumstances: Circumstances): Explanation | null {
  const { now } = circumstances;
  const { startAt, endAt, nextRunAt, hostname, interval } = audit;
  const taken = hostname === null ? null : `The decision engine on ${hostname} has picked it up.`;
  const first = startAt !== null && startAt > now ? startAt : nextRunAt !== null && nextRunAt > now ? nextRunAt : null;
  if (endAt !== null && endAt <= (first ?? now)) {
    return explain({
      code: 'ended',
      cause: endAt <= now ? 'Its end time has passed before its first run.' : 'It ends before its first run.',
      evidence: [
        `Its end time is ${formatStamp(endAt)}.`,
        first === null ? null : `Its first run would be at ${formatStamp(first)}.`,
        taken,
      ],
      next: 'Create it again with a later end time or none.',
    });
  }
  if (first !== null) {
    const missed =
      first === nextRunAt &&
      !audit.force &&
      plansRunningBetween([audit.createdAt, now], audit.id, circumstances).length > 0;
    return explain({
      code: 'starts-later',
      cause: 'It has not run yet; its next run is later.',
      evidence: [
        `It is due at ${formatStamp(first)}.`,
        interval === null || first !== nextRunAt || Number.isFinite(Number(interval))
          ? null
          : `Its schedule is ${interval}, in UTC.`,
        taken,
        missed ? 'A run that falls due while a plan is running is skipped, and plans were running since.' : null,
      ],
      next: 'Wait.',
    });
  }
  if (audit.type !== 'CONTINUOUS' || audit.force) return null;
  const others = plansRunningAt(now, audit.id, circumstances).filter(({ state }) => state === 'ONGOING');
  return others.length > 0 ? waitsForPlan(others, circumstances) : null;
}

function waitsForEngine({ createdAt, hostname }: Audit, { now, services }: Circumstances): Explanation {
  const waits = now - createdAt;
  const long = waits > 5 * MINUTE_MS;
  return explain({
    code: 'engine-busy',
    cause: long
      ? 'A decision engine is up but has not run the audit: it may be working on others, or the message was lost.'
      : 'A decision engine picks up audits within seconds; by default it runs two at once.',
    evidence: [
      `It has been waiting since ${formatStamp(createdAt)}.`,
      hostname === null ? null : `The decision engine on ${hostname} has picked it up.`,
      services === null ? 'Watcher’s services were not read.' : null,
    ],
    next: long ? 'Check the log of watcher-decision-engine and the audits that are ONGOING.' : 'Wait.',
    certain: !long && services !== null,
  });
}

export function waitsForPlan(others: ActionPlan[], circumstances: Circumstances): Explanation {
  return explain({
    code: 'waits-for-plan',
    cause: 'A plan is running: continuous audits wait until it ends.',
    evidence: others.slice(0, 3).map((plan) => `The plan of ${nameOfAudit(plan, circumstances)} is ${plan.state}.`),
    next: 'Wait until that plan ends.',
  });
}
