import 'server-only';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import type { PlanCheck } from '@/lib/contract/v1/acts';
import { refuseCareful } from '@/lib/domain/acts/careful';
import { liveAppliers, type PlanFacts } from '@/lib/domain/acts/facts';
import { describeCancelling, refuseArchive, refuseCancel, refuseSkips } from '@/lib/domain/acts/other-acts';
import { NO_CHOICE, refuseStart } from '@/lib/domain/acts/start';
import { numberToConfirm, willHappen } from '@/lib/domain/acts/will-happen';
import { formatNames, formatThings, formatTime } from '@/lib/format';
import type { RegionId } from '../process/region';
import { carefulCircumstances } from './careful-acts';
import { lookAtPlan, type PlanWanted } from './look';
import { digestOfSeen } from './of-plan';
import { permissionOf, refusePerson } from './permission';

/** What may be done to a plan now; null if it is gone. */
export async function viewPlanCheck(
  region: RegionId,
  wanted: PlanWanted,
  { visitor, headers }: { visitor: Visitor; headers: HeaderReader },
): Promise<PlanCheck | null> {
  const [look, permission] = await Promise.all([lookAtPlan(region, wanted), permissionOf(visitor, headers, region)]);
  if (look === null) return null;
  const { facts, cautions } = look;
  const will = willHappen(facts, cautions);
  const own = refusePerson(permission);
  return {
    made_at: facts.now,
    plan_id: facts.plan.id,
    state: facts.plan.state,
    seen: digestOfSeen(look),
    confirm: numberToConfirm(will),
    permission,
    will,
    checked: listChecked(facts),
    start: [...own, ...refuseStart(facts, NO_CHOICE)],
    careful: [...own, ...refuseCareful(facts, await carefulCircumstances(region, look))],
    cancel: [...own, ...refuseCancel(facts)],
    cancelling: describeCancelling(facts.plan.state),
    archive: [...own, ...refuseArchive(facts)],
    skip: [...own, ...refuseSkips(facts)],
  };
}

/** What is in order, a sentence each. */
function listChecked(facts: PlanFacts): string[] {
  const { plan, rivals, now, moves, unreadable } = facts;
  const lines: string[] = [];
  if (plan.state === 'RECOMMENDED')
    lines.push(`The plan still waits${rivals.length === 0 ? ', and no other plan runs' : ''}.`);
  const appliers = liveAppliers(facts);
  const [one] = appliers;
  if (one) {
    const seen = one.lastSeenAt === null ? '' : `, last seen ${formatTime(one.lastSeenAt, now)}`;
    lines.push(
      `${formatThings(appliers.length, 'applier is', 'appliers are')} alive: ${formatNames(appliers.map(({ host }) => host))}${seen}.`,
    );
  }
  const ok = moves.filter(({ verdict }) => verdict === 'ok').length;
  if (unreadable === null && ok > 0)
    lines.push(
      `${formatThings(ok, 'VM is where the plan says, and its target takes it', 'VMs are where the plan says, and their targets take them')}.`,
    );
  return lines;
}
