import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import {
  type Circumstances,
  explain,
  nameOfAudit,
  plansRunningAt,
  unknownHosts,
  whatStrategyLacks,
  whyNoService,
} from './circumstances';
import { explainPlan } from './plan';

export type AuditStory = {
  audit: Audit;
  /** Newest first. */
  plans: ActionPlan[];
  /** By plan id; absent if they were not read. */
  actions: Record<string, Action[]>;
};

/** Whether the states of strategies could explain an audit. They cost Watcher a request each. */
export const needsStrategies = ({ audit, plans }: Pick<AuditStory, 'audit' | 'plans'>): boolean =>
  audit.state === 'FAILED' || plans[0]?.state === 'SUCCEEDED';

/** Why an audit has no result, or none yet; null if there is nothing to explain. */
export function explainAudit(story: AuditStory, circumstances: Circumstances): Explanation | null {
  const { audit } = story;
  switch (audit.state) {
    case 'CANCELLED':
      return cancelled(story, circumstances);
    case 'FAILED':
      return failed(story, circumstances);
    case 'PENDING':
      return pending(story, circumstances);
    case 'SUSPENDED':
      return explain({
        code: 'suspended',
        cause: 'It is paused: no run starts until it is resumed.',
        evidence: [audit.nextRunAt === null ? null : `Its next run was due at ${formatStamp(audit.nextRunAt)}.`],
        next: 'To resume it, set its state to ONGOING.',
      });
    case 'ONGOING':
      return ongoing(story, circumstances) ?? ofNewestPlan(story, circumstances);
    case 'SUCCEEDED':
      return ofNewestPlan(story, circumstances) ?? withoutPlan(story);
    default:
      return null;
  }
}

function ofNewestPlan({ audit, plans, actions }: AuditStory, circumstances: Circumstances): Explanation | null {
  const [plan] = plans;
  return plan ? explainPlan({ plan, actions: actions[plan.id] ?? null, audit, siblings: plans }, circumstances) : null;
}

function withoutPlan({ plans }: AuditStory): Explanation | null {
  if (plans.length > 0) return null;
  return explain({
    code: 'no-plan',
    cause: 'It succeeded but has no plan: the plan was deleted or archived.',
    evidence: ['Watcher lists no plan for this audit.'],
    next: 'Run the audit again.',
  });
}

function cancelled({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation {
  const ended = audit.updatedAt ?? audit.createdAt;
  const others = audit.type === 'ONESHOT' && plans.length === 0 ? plansRunningAt(ended, audit.id, circumstances) : [];
  if (others.length > 0 && !audit.force) {
    return explain({
      code: 'another-plan-ran',
      cause: 'Another plan was running, so Watcher cancelled the audit at once without saying so.',
      evidence: others
        .slice(0, 3)
        .map(
          (plan) =>
            `The plan of ${nameOfAudit(plan, circumstances)} (${plan.state}) was running at ${formatStamp(ended)}.`,
        ),
      next: 'Run it again when no plan is running, or create it with force.',
      certain: others.some(({ state }) => state === 'ONGOING'),
    });
  }
  return explain({
    code: 'cancelled-by-hand',
    cause:
      audit.type === 'CONTINUOUS'
        ? 'It was cancelled, most likely by an admin. A cancelled continuous audit never runs again.'
        : 'It was cancelled, most likely by an admin: no other plan was running at the time.',
    evidence: [audit.statusMessage, `Cancelled at ${formatStamp(ended)}.`],
    next: audit.type === 'CONTINUOUS' ? 'Create it again if you still need it.' : 'Run it again if you still need it.',
    certain: false,
  });
}

function failed({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation {
  const strategy = audit.strategy;
  const lacks = whatStrategyLacks(circumstances.strategies, strategy);
  const unknown = unknownHosts(audit, circumstances);
  const at = audit.updatedAt ?? audit.createdAt;
  const log = `Search the log of watcher-decision-engine for ${audit.id} around ${formatStamp(at)}.`;
  const message = audit.statusMessage;
  if (audit.type === 'CONTINUOUS') {
    return explain({
      code: 'continuous-dead',
      cause: 'One of its runs failed, and a failed continuous audit never runs again.',
      evidence: [
        message,
        plans[0] ? `Its last plan was made at ${formatStamp(plans[0].createdAt)}.` : 'It made no plan.',
        ...unknown,
        ...lacks,
      ],
      next: `Find the reason, then create the audit again. ${log}`,
    });
  }
  if (unknown.length > 0) {
    return explain({
      code: 'parameters',
      cause: 'Its parameters name hosts that do not exist.',
      evidence: [...unknown, message],
      next: 'Correct the parameters and run it again.',
      certain: false,
    });
  }
  if (lacks.length > 0) {
    return explain({
      code: 'strategy-lacks',
      cause: `The strategy ${strategy} lacks data that it needs.`,
      evidence: [...lacks, message],
      next: 'Provide the missing data or choose another strategy. The doctor shows which link is broken.',
      certain: message !== null,
    });
  }
  if (message !== null)
    return explain({ code: 'failed', cause: 'It failed, and Watcher reports why.', evidence: [message], next: log });
  return explain({
    code: 'failed-silent',
    cause: 'It failed, and this release of Watcher does not report why.',
    evidence: [`Failed at ${formatStamp(at)}.`, whyNoService(circumstances.services, 'watcher-decision-engine')],
    next: log,
    certain: false,
  });
}

function pending({ audit }: AuditStory, circumstances: Circumstances): Explanation {
  const { now, services } = circumstances;
  const down = whyNoService(services, 'watcher-decision-engine');
  if (down) {
    return explain({
      code: 'engine-down',
      cause: 'No decision engine is up to pick it up.',
      evidence: [down],
      next: 'Start watcher-decision-engine; it picks up the audit automatically.',
    });
  }
  if (audit.type === 'EVENT') {
    return explain({
      code: 'waits-for-event',
      cause: 'It runs when its webhook is called, and has not been called yet.',
      evidence: [`Created at ${formatStamp(audit.createdAt)}.`],
      next: `To start it, POST to Watcher’s /v1/webhooks/${audit.id}.`,
    });
  }
  if (audit.startAt !== null && audit.startAt > now) {
    return explain({
      code: 'starts-later',
      cause: 'It starts later.',
      evidence: [`Its first run is at ${formatStamp(audit.startAt)}.`],
      next: 'Wait.',
    });
  }
  const others = plansRunningAt(now, audit.id, circumstances).filter(({ state }) => state === 'ONGOING');
  if (audit.type === 'CONTINUOUS' && others.length > 0) return waitsForPlan(others, circumstances);
  const waits = now - audit.createdAt;
  return explain({
    code: 'engine-busy',
    cause:
      waits > 5 * MINUTE_MS
        ? 'A decision engine is up but has not picked up the audit: it may be working on others, or the message was lost.'
        : 'A decision engine picks up audits within seconds; by default it runs two at once.',
    evidence: [
      `It has been waiting since ${formatStamp(audit.createdAt)}.`,
      services === null ? 'Watcher’s services were not read.' : null,
    ],
    next: waits > 5 * MINUTE_MS ? 'Check the log of watcher-decision-engine and the audits that are ONGOING.' : 'Wait.',
    certain: waits <= 5 * MINUTE_MS && services !== null,
  });
}

function waitsForPlan(others: ActionPlan[], circumstances: Circumstances): Explanation {
  return explain({
    code: 'waits-for-plan',
    cause: 'A plan is running: continuous audits wait until it ends.',
    evidence: others.slice(0, 3).map((plan) => `The plan of ${nameOfAudit(plan, circumstances)} is ${plan.state}.`),
    next: 'Wait until that plan ends.',
  });
}

function ongoing({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation | null {
  const { now, services } = circumstances;
  const down = whyNoService(services, 'watcher-decision-engine');
  if (down) {
    return explain({
      code: 'engine-down',
      cause: 'It claims to be running, but no decision engine is up.',
      evidence: [down],
      next: 'Start watcher-decision-engine.',
    });
  }
  if (audit.type === 'CONTINUOUS') {
    if (audit.nextRunAt === null || now - audit.nextRunAt < 2 * MINUTE_MS) return null;
    const others = plansRunningAt(now, audit.id, circumstances).filter(({ state }) => state === 'ONGOING');
    if (others.length > 0) return waitsForPlan(others, circumstances);
    return explain({
      code: 'overdue',
      cause: 'Its next run is overdue.',
      evidence: [
        `It was due at ${formatStamp(audit.nextRunAt)}.`,
        plans[0] ? `Its last plan was made at ${formatStamp(plans[0].createdAt)}.` : null,
      ],
      next: 'Check the log of watcher-decision-engine: its scheduler looks for due audits every ten seconds.',
      certain: false,
    });
  }
  const since = audit.updatedAt ?? audit.createdAt;
  if (now - since < 15 * MINUTE_MS) return null;
  return explain({
    code: 'running-long',
    cause: 'It has been running for more than 15 minutes; audits take seconds to minutes.',
    evidence: [`It has been running since ${formatStamp(since)}.`],
    next: 'Check the log of watcher-decision-engine: the usual reason is a slow datasource.',
    certain: false,
  });
}
