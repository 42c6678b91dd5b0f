import { z } from 'zod';
import { orNull, rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { StrategySpec } from './records';
import type { Session } from './session';
import { optionalText } from './wire';

/** What creating an audit needs: the schemas of strategies. */

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
