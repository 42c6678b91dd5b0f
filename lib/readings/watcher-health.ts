import type { StrategyState, WatcherService } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listStrategies, listWatcherServices, readStrategyState } from '@/lib/openstack/watcher-health';
import { asPart, type Part } from './placing-rules';

/** The state of Watcher's services. */
export type WatcherHealth = { services: WatcherService[] };

/** @throws SourceError of Keystone or Watcher */
export async function readWatcherHealth(session: Session): Promise<WatcherHealth> {
  return { services: await listWatcherServices(session) };
}

/** What each strategy needs and lacks. A failure affects only its own strategy. */
export type Strategies = { name: string; goal: string | null; state: Part<StrategyState> }[];

/** @throws SourceError of Keystone or Watcher */
export async function readStrategies(session: Session): Promise<Strategies> {
  const strategies = await listStrategies(session);
  return Promise.all(
    strategies.map(async ({ name, goal }) => ({ name, goal, state: await asPart(readStrategyState(session, name)) })),
  );
}
