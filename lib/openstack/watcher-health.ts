import { z } from 'zod';
import { orNull, rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { StrategyState, WatcherService } from './records';
import type { Session } from './session';
import { optionalText, optionalTime } from './wire';

/** Whether Watcher can work: the state of its services, and what its strategies lack. */

const VERSION: VersionNeed = { min: [1, 0], max: [1, 6] };

/** https://docs.openstack.org/api-ref/resource-optimization/#list-services */
const serviceSchema = z
  .object({ name: z.string(), host: optionalText(), status: optionalText(), last_seen_up: optionalTime() })
  .transform(
    (wire): WatcherService => ({
      name: wire.name,
      host: wire.host ?? '',
      status: (wire.status ?? '').toUpperCase() || 'UNKNOWN',
      lastSeenAt: wire.last_seen_up,
    }),
  );

const servicesSchema = z.object({ services: rowsOf(serviceSchema) });

/** @throws SourceError of Keystone or Watcher */
export async function listWatcherServices(session: Session): Promise<WatcherService[]> {
  const { services } = await session.read({
    service: 'watcher',
    path: 'services/detail',
    schema: servicesSchema,
    version: VERSION,
  });
  return services;
}

const strategiesSchema = z.object({ strategies: rowsOf(z.object({ name: z.string(), goal_name: optionalText() })) });

/** @throws SourceError of Keystone or Watcher */
export async function listStrategies(session: Session): Promise<{ name: string; goal: string | null }[]> {
  const { strategies } = await session.read({
    service: 'watcher',
    path: 'strategies',
    query: { limit: 1000 },
    schema: strategiesSchema,
    version: VERSION,
  });
  return strategies.map(({ name, goal_name: goal }) => ({ name, goal }));
}

/** `state` is text, or a list of objects with one key each. */
const requirementsSchema = rowsOf(
  z.object({
    type: z.string(),
    state: orNull(z.union([z.string(), z.array(z.record(z.string(), z.unknown()))])),
  }),
);

/**
 * What a strategy needs and what is missing. Metrics and cluster models are listed individually. The datasource is a
 * sentence that depends only on the strategy's own settings, so it is not evaluated.
 *
 * @throws SourceError of Keystone or Watcher
 */
export async function readStrategyState(session: Session, name: string): Promise<StrategyState> {
  const requirements = await session.read({
    service: 'watcher',
    path: `strategies/${encodeURIComponent(name)}/state`,
    what: 'state of a strategy',
    schema: requirementsSchema,
    version: VERSION,
  });
  const states = (type: string) =>
    requirements
      .filter((requirement) => requirement.type === type)
      .flatMap(({ state }) => (Array.isArray(state) ? state : []))
      .flatMap((one) => Object.entries(one).map(([what, state]) => ({ what, available: state === 'available' })));
  const text = requirements.find(({ type, state }) => type === 'Datasource' && typeof state === 'string')?.state;
  return {
    name,
    datasource: typeof text === 'string' ? text : null,
    metrics: states('Metrics'),
    models: states('CDM'),
  };
}
