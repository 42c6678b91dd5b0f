import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import { MINUTE_MS } from '@/lib/units';
import { cancelledAudit, failedAudit } from './audit-ended';
import { pendingAudit, waitsForPlan } from './audit-pending';
import type { AuditStory } from './cases';
import { type Circumstances, explain, plansRunningAt, whyNoService } from './circumstances';
import { explainPlan } from './plan';

/** Whether the states of strategies could explain an audit. They cost Watcher a request each. */
export const needsStrategies = ({ audit, plans }: Pick<AuditStory, 'audit' | 'plans'>): boolean =>
  audit.state === 'FAILED' || plans[0]?.state === 'SUCCEEDED';

/** Why an audit has no result, or none yet; null if there is nothing to explain. */
export function explainAudit(story: AuditStory, circumstances: Circumstances): Explanation | null {
  const { audit } = story;
  switch (audit.state) {
    case 'CANCELLED':
      return cancelledAudit(story, circumstances);
    case 'FAILED':
      return failedAudit(story, circumstances);
    case 'PENDING':
      return pendingAudit(story, circumstances);
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
      return ofNewestPlan(story, circumstances) ?? (audit.type === 'CONTINUOUS' ? over(story) : withoutPlan(story));
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
    certain: false,
  });
}

/** A continuous audit succeeds when its end time has passed. */
function over({ audit, plans }: AuditStory): Explanation {
  const { createdAt, endAt, nextRunAt } = audit;
  const ended = endAt === null ? null : `Its end time was ${formatStamp(endAt)}.`;
  const next = 'To have more runs, create the audit again, with a later end time or none.';
  if (endAt !== null && endAt <= createdAt) {
    return explain({
      code: 'ended',
      cause: 'Its end time was over before it was created, so it never ran.',
      evidence: [ended, `It was created at ${formatStamp(createdAt)}.`],
      next,
    });
  }
  const [newest] = plans;
  const last = newest
    ? `Its last plan was made at ${formatStamp(newest.createdAt)}.`
    : 'Watcher lists no plan for this audit: it never ran, or its plans were archived.';
  if (endAt === null) {
    return explain({
      code: 'ended',
      cause: 'Somebody set it to SUCCEEDED, which does not end it: Watcher runs it again at its next time.',
      evidence: [nextRunAt === null ? null : `Its next run is due at ${formatStamp(nextRunAt)}.`, last],
      next: 'To end it, archive it, or cancel it once it is ONGOING again.',
      certain: false,
    });
  }
  return explain({
    code: 'ended',
    cause: 'Its end time has passed: it does not run again.',
    evidence: [ended, last],
    next,
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
    if (others.length > 0 && !audit.force) return waitsForPlan(others, circumstances);
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
