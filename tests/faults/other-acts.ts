import { vi } from 'vitest';
import type { ActEndpointName } from '@/lib/contract/act-endpoints';
import type { SimPlan } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import type { ServiceName } from '@/lib/simulation/wire';
import { HOUR_MS, SECOND_MS } from '@/lib/units';
import { ACTS_ON_AUDITS } from './acts-on-audits';
import { ACTS_ON_HOSTS } from './acts-on-hosts';

/** Acts other than the start of a plan. */
export type OtherAct = {
  name: ActEndpointName;
  /** Where there are several of a name. */
  title?: string;
  /** The service that it writes to. */
  to: ServiceName;
  /** Which action of the plan it is about, by its place. */
  action?: number;
  body: unknown;
  /** What it is about, and what its page says of that. */
  ask?(simulation: Simulation, headers: Record<string, string>): Promise<{ params: Params; body?: unknown }>;
  /** Whether a request to this path is the one that does it, where it takes several. */
  isLast?(pathname: string): boolean;
  /** Brings the plan into a state in which it is allowed. */
  begin?(simulation: Simulation, plan: SimPlan): void;
  /** Whether the cloud shows it, or the careful runs that were begun. */
  isDone(simulation: Simulation, plan: SimPlan, runs: number): boolean;
  /** Whether a part of it was done that can't be taken back. */
  isInPart?(simulation: Simulation): boolean;
};

type Params = Record<string, string>;

const REASON = { reason: 'hot hosts before the peak' };

/** Lets the plan run, with moves that take hours. */
function run({ engine }: Simulation, plan: SimPlan): void {
  engine.mover.setScript({ ...engine.mover.script(), seconds: HOUR_MS / SECOND_MS });
  engine.applier.start(plan, Date.now());
  vi.setSystemTime(Date.now() + 10 * SECOND_MS);
  engine.advance();
}

/** The first move would fail. */
const RUNNING = 1;
const serverOf = ({ cloud }: Simulation, { actions }: SimPlan) =>
  cloud.servers.find(({ id }) => id === actions[RUNNING]?.parameters.resource_id);

export const OTHER_ACTS: OtherAct[] = [
  { name: 'cancelPlan', to: 'watcher', body: REASON, isDone: (_, { state }) => state === 'CANCELLED' },
  { name: 'archivePlan', to: 'watcher', body: REASON, isDone: (_, { deletedAt }) => deletedAt !== undefined },
  {
    name: 'skipAction',
    to: 'watcher',
    action: 0,
    body: REASON,
    isDone: (_, { actions }) => actions[0]?.state === 'SKIPPED',
  },
  {
    name: 'abortMove',
    to: 'nova',
    action: RUNNING,
    body: REASON,
    begin: run,
    isDone(simulation, plan) {
      const server = serverOf(simulation, plan);
      return server !== undefined && simulation.engine.mover.moveOf(server) === undefined;
    },
  },
  ...ACTS_ON_HOSTS,
  ...ACTS_ON_AUDITS,
];
