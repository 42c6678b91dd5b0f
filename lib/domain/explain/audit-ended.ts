import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import type { AuditStory } from './cases';
import {
  type Circumstances,
  explain,
  explainNotOnPrometheus,
  nameOfAudit,
  plansRunningAt,
  unknownHosts,
  whatStrategyLacks,
  whyNoService,
  whyNotOnPrometheus,
} from './circumstances';

/** Why an audit was cancelled or failed. Watcher records neither who cancelled one nor, up to 2026.2, why one failed. */

/** What can't be done any more with a cancelled audit, by type. */
const FOR_GOOD: Record<string, string> = {
  CONTINUOUS: ' A cancelled continuous audit never runs again.',
  EVENT: ' A cancelled event audit can’t be triggered again.',
};

export function cancelledAudit({ audit, plans }: AuditStory, circumstances: Circumstances): Explanation {
  const ended = audit.updatedAt ?? audit.createdAt;
  // Only one-shot audits are cancelled because a plan runs, and before an engine has taken them.
  const mayBeSilent = audit.type === 'ONESHOT' && !audit.force && plans.length === 0 && audit.hostname === null;
  const others = mayBeSilent ? plansRunningAt(ended, audit.id, circumstances) : [];
  if (others.length > 0) {
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
      certain: ended - audit.createdAt < MINUTE_MS && others.some((plan) => ranAt(plan, ended)),
    });
  }
  return explain({
    code: 'cancelled',
    cause: `It was cancelled; Watcher does not record by whom.${FOR_GOOD[audit.type] ?? ''}`,
    evidence: [
      audit.statusMessage,
      `Cancelled at ${formatStamp(ended)}.`,
      mayBeSilent ? 'Watcher lists no plan that was running then, which would be a reason to cancel it.' : null,
    ],
    next: audit.type === 'ONESHOT' ? 'Run it again if you still need it.' : 'Create it again if you still need it.',
  });
}

/** A plan becomes ONGOING with its last change. */
const ranAt = ({ state, updatedAt, createdAt }: ActionPlan, at: number): boolean =>
  state === 'ONGOING' && (updatedAt ?? createdAt) <= at;

export function failedAudit({ audit, plans, actions }: AuditStory, circumstances: Circumstances): Explanation {
  const strategy = audit.strategy ?? plans[0]?.strategy ?? null;
  const lacks = whatStrategyLacks(circumstances.strategies, strategy);
  const notHere = whyNotOnPrometheus(strategy);
  const unknown = unknownHosts(audit, circumstances);
  const at = audit.updatedAt ?? audit.createdAt;
  const log = `Search the log of watcher-decision-engine for ${audit.id} around ${formatStamp(at)}.`;
  const message = audit.statusMessage;
  const isLeft = plans[0] !== undefined && actions[plans[0].id]?.length === 0;
  const notes = [
    isLeft ? 'Its planner failed: a plan without actions was left behind.' : null,
    isLeft && strategy === 'storage_capacity_balance' ? UNKNOWN_VOLUMES : null,
  ];
  if (audit.type === 'CONTINUOUS') {
    return explain({
      code: 'continuous-dead',
      cause: 'One of its runs failed, and a failed continuous audit never runs again.',
      evidence: [message, lastPlan(plans), ...notes, ...unknown, ...lacks, notHere],
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
      evidence: [...lacks, notHere, message, ...notes],
      next: 'Provide the missing data or choose another strategy. The doctor shows which link is broken.',
      certain: false,
    });
  }
  if (notHere !== null) return explainNotOnPrometheus(notHere, [message, `Failed at ${formatStamp(at)}.`]);
  if (message !== null) {
    return explain({
      code: 'failed',
      cause: 'It failed, and Watcher reports why.',
      evidence: [message, ...notes],
      next: log,
    });
  }
  return explain({
    code: 'failed-silent',
    cause: 'It failed, and Watcher does not report why.',
    evidence: [
      `Failed at ${formatStamp(at)}.`,
      ...notes,
      missingDestination(audit, circumstances),
      unknownActions(audit, circumstances),
      whyNoService(circumstances.services, 'watcher-decision-engine'),
    ],
    next: log,
    certain: false,
  });
}

const UNKNOWN_VOLUMES = 'Its planner does not know how to move volumes, in any release up to 2026.2.';

const lastPlan = ([newest]: ActionPlan[]): string =>
  newest ? `Its last plan was made at ${formatStamp(newest.createdAt)}.` : 'It made no plan.';

/** Up to 2025.1 zone_migration can't leave destinations to the scheduler. */
function missingDestination({ strategy, parameters }: Audit, { release }: Circumstances): string | null {
  if (strategy !== 'zone_migration' || release.skips !== false || !Array.isArray(parameters.compute_nodes)) return null;
  const isMissing = parameters.compute_nodes.some(
    (node: unknown) => typeof node === 'object' && node !== null && !('dst_node' in node),
  );
  return isMissing
    ? `Its compute_nodes have no dst_node, which zone_migration needs in Watcher ${release.name ?? 'of this release'}.`
    : null;
}

/** Action types that Watcher 2025.1 does not have. */
const NEWER_TYPES = ['stop', 'shelve', 'delete'];

function unknownActions({ parameters }: Audit, { release }: Circumstances): string | null {
  if (release.skips !== false || !Array.isArray(parameters.actions)) return null;
  const types = parameters.actions.flatMap((action: unknown) =>
    typeof action === 'object' && action !== null && 'action_type' in action ? [String(action.action_type)] : [],
  );
  const unknown = [...new Set(types.filter((type) => NEWER_TYPES.includes(type)))];
  return unknown.length === 0
    ? null
    : `Its actions include ${unknown.join(', ')}, which Watcher ${release.name ?? 'of this release'} does not have.`;
}
