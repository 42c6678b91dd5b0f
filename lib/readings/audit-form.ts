import type { Action, ActionPlan, Audit, StrategySpec } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listActions, listPlansOfAudit, readAudit } from '@/lib/openstack/watcher';
import { listStrategySpecs } from '@/lib/openstack/watcher-forms';

/** What creating an audit needs, and following it. */

/** @throws SourceError of Keystone or Watcher */
export const readStrategySpecs = (session: Session): Promise<StrategySpec[]> => listStrategySpecs(session);

/** An audit with its newest plan; null for an audit that is gone. */
export type FollowedAudit = {
  audit: Audit | null;
  newest: ActionPlan | null;
  /** Actions of the newest plan. */
  actions: number;
};

/** @param id or name @throws SourceError of Keystone or Watcher */
export async function readFollowedAudit(session: Session, id: string): Promise<FollowedAudit> {
  const audit = await readAudit(session, id);
  const [newest = null] = audit === null ? [] : await listPlansOfAudit(session, audit.id, 1);
  const actions = newest === null ? [] : await listActions(session, { planId: newest.id });
  return { audit, newest, actions: actions.length };
}

/** Actions of all plans that were made since a time, oldest first. @param since ms @throws SourceError of Keystone or Watcher */
export const readRecentActions = (session: Session, since: number): Promise<Action[]> =>
  listActions(session, { since });
