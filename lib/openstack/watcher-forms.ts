import { z } from 'zod';
import { SourceError } from '../errors';
import { orNull, rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { ActionPlan, Audit, StrategySpec } from './records';
import type { Session } from './session';
import { auditSchema, plansSchema } from './watcher-wire';
import { optionalText } from './wire';

/** What creating and following one audit needs: the schemas of strategies, the audit, its plans. */

const VERSION: VersionNeed = { min: [1, 0], max: [1, 6] };

const specsSchema = z.object({
  strategies: rowsOf(
    z
      .object({
        name: z.string(),
        goal_name: optionalText(),
        parameters_spec: orNull(z.record(z.string(), z.unknown())),
      })
      .transform((wire): StrategySpec => ({ name: wire.name, goal: wire.goal_name, spec: wire.parameters_spec ?? {} })),
  ),
});

/** Strategies with the schemas of their parameters, which only the detailed list has. @throws SourceError of Keystone or Watcher */
export async function listStrategySpecs(session: Session): Promise<StrategySpec[]> {
  const { strategies } = await session.read({
    service: 'watcher',
    path: 'strategies/detail',
    query: { limit: 1000 },
    schema: specsSchema,
    version: VERSION,
  });
  return strategies;
}

/** One audit by its id or name; null if there is none, or if it is archived. @throws SourceError of Keystone or Watcher */
export async function readAudit(session: Session, idOrName: string): Promise<Audit | null> {
  try {
    return await session.read({
      service: 'watcher',
      path: `audits/${encodeURIComponent(idOrName)}`,
      what: 'audits/one',
      about: idOrName,
      schema: auditSchema,
      version: VERSION,
    });
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}

/** The newest plans of an audit, newest first. @throws SourceError of Keystone or Watcher */
export async function listPlansOfAudit(session: Session, auditId: string, limit: number): Promise<ActionPlan[]> {
  const { action_plans: plans } = await session.read({
    service: 'watcher',
    path: 'action_plans/detail',
    query: { audit_uuid: auditId, sort_key: 'id', sort_dir: 'desc', limit },
    schema: plansSchema,
    version: VERSION,
  });
  return plans;
}
