import type { Explanation } from '@/lib/contract/v1/explanations';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import {
  type Circumstances,
  clockTime,
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
  /** By plan id; a plan that is absent was not read. */
  actions: Record<string, Action[]>;
};

/** Whether the states of strategies, which cost Watcher a request for each, can say anything of an audit. */
export const needsStrategies = ({ audit, plans }: Pick<AuditStory, 'audit' | 'plans'>): boolean =>
  audit.state === 'FAILED' || plans[0]?.state === 'SUCCEEDED';

/** Why an audit gave nothing, or nothing yet; null where its plan speaks for itself. */
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
        cause: 'It is paused: no run begins until it is resumed.',
        evidence: [audit.nextRunAt === null ? null : `Its next run was planned for ${clockTime(audit.nextRunAt)}.`],
        next: 'Resume it by setting its state to ONGOING, or leave it.',
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
    cause: 'It succeeded and has no plan: the plan was deleted, or archived with others.',
    evidence: ['Watcher lists no plan of this audit.'],
    next: 'Run the audit again.',
  });
}

function cancelled({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation {
  const ended = audit.updatedAt ?? audit.createdAt;
  const others = audit.type === 'ONESHOT' && plans.length === 0 ? plansRunningAt(ended, audit.id, circumstances) : [];
  if (others.length > 0 && !audit.force) {
    return explain({
      code: 'another-plan-ran',
      cause: 'Another plan was running, so Watcher cancelled the audit at once, without a word.',
      evidence: others
        .slice(0, 3)
        .map((plan) => `Plan of ${nameOfAudit(plan, circumstances)}, ${plan.state}, ran at ${clockTime(ended)}.`),
      next: 'Run it again when no plan runs, or create it with force.',
      certain: others.some(({ state }) => state === 'ONGOING'),
    });
  }
  return explain({
    code: 'cancelled-by-hand',
    cause:
      audit.type === 'CONTINUOUS'
        ? 'It was cancelled, most likely by an admin. A continuous audit that was cancelled never runs again.'
        : 'It was cancelled, most likely by an admin: no other plan ran at that time.',
    evidence: [audit.statusMessage, `Cancelled at ${clockTime(ended)}.`],
    next: audit.type === 'CONTINUOUS' ? 'Create it anew if it is wanted.' : 'Run it again if it is wanted.',
    certain: false,
  });
}

function failed({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation {
  const strategy = audit.strategy;
  const lacks = whatStrategyLacks(circumstances.strategies, strategy);
  const unknown = unknownHosts(audit, circumstances);
  const at = audit.updatedAt ?? audit.createdAt;
  const log = `Look for ${audit.id} in the log of watcher-decision-engine at ${clockTime(at)}.`;
  const said = audit.statusMessage;
  if (audit.type === 'CONTINUOUS') {
    return explain({
      code: 'continuous-dead',
      cause: 'One of its runs failed, and a continuous audit that has failed never runs again.',
      evidence: [
        said,
        plans[0] ? `Its last plan is of ${clockTime(plans[0].createdAt)}.` : 'It made no plan.',
        ...unknown,
        ...lacks,
      ],
      next: `Find the reason, then create the audit anew. ${log}`,
    });
  }
  if (unknown.length > 0) {
    return explain({
      code: 'parameters',
      cause: 'Its parameters name what is not there.',
      evidence: [...unknown, said],
      next: 'Correct the parameters, and run it again.',
      certain: false,
    });
  }
  if (lacks.length > 0) {
    return explain({
      code: 'strategy-lacks',
      cause: `The strategy ${strategy} lacks what it can’t do without.`,
      evidence: [...lacks, said],
      next: 'Give Watcher the missing data, or choose another strategy. The doctor names the link that is broken.',
      certain: said !== null,
    });
  }
  if (said !== null)
    return explain({ code: 'failed', cause: 'It failed, and Watcher says why.', evidence: [said], next: log });
  return explain({
    code: 'failed-silent',
    cause: 'It failed, and this release of Watcher does not say why.',
    evidence: [`Failed at ${clockTime(at)}.`, whyNoService(circumstances.services, 'watcher-decision-engine')],
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
      cause: 'No decision engine is there to take it.',
      evidence: [down],
      next: 'Start watcher-decision-engine; it takes the audit up by itself.',
    });
  }
  if (audit.type === 'EVENT') {
    return explain({
      code: 'waits-for-event',
      cause: 'It runs when its webhook is called, and was not called yet.',
      evidence: [`Created at ${clockTime(audit.createdAt)}.`],
      next: `POST to /v1/webhooks/${audit.id} of Watcher starts it.`,
    });
  }
  if (audit.startAt !== null && audit.startAt > now) {
    return explain({
      code: 'starts-later',
      cause: 'It is to begin later.',
      evidence: [`Its first run is at ${clockTime(audit.startAt)}.`],
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
        ? 'A decision engine is there, but has not taken the audit: it works on others, or the message was lost.'
        : 'A decision engine takes it within seconds; by default two audits run at once.',
    evidence: [
      `It waits since ${clockTime(audit.createdAt)}.`,
      services === null ? 'Watcher’s services were not read.' : null,
    ],
    next:
      waits > 5 * MINUTE_MS ? 'Look at the log of watcher-decision-engine, and at audits that are ONGOING.' : 'Wait.',
    certain: waits <= 5 * MINUTE_MS && services !== null,
  });
}

function waitsForPlan(others: ActionPlan[], circumstances: Circumstances): Explanation {
  return explain({
    code: 'waits-for-plan',
    cause: 'A plan is running: continuous audits wait until it is over.',
    evidence: others.slice(0, 3).map((plan) => `Plan of ${nameOfAudit(plan, circumstances)} is ${plan.state}.`),
    next: 'Wait until that plan is over.',
  });
}

function ongoing({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation | null {
  const { now, services } = circumstances;
  const down = whyNoService(services, 'watcher-decision-engine');
  if (down) {
    return explain({
      code: 'engine-down',
      cause: 'It says it runs, but no decision engine is there.',
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
        `It was planned for ${clockTime(audit.nextRunAt)}.`,
        plans[0] ? `Its last plan is of ${clockTime(plans[0].createdAt)}.` : null,
      ],
      next: 'Look at the log of watcher-decision-engine: its scheduler looks for due audits every ten seconds.',
      certain: false,
    });
  }
  const since = audit.updatedAt ?? audit.createdAt;
  if (now - since < 15 * MINUTE_MS) return null;
  return explain({
    code: 'running-long',
    cause: 'It has run for more than a quarter of an hour; audits take seconds to minutes.',
    evidence: [`It runs since ${clockTime(since)}.`],
    next: 'Look at the log of watcher-decision-engine: a slow datasource is the usual reason.',
    certain: false,
  });
}
