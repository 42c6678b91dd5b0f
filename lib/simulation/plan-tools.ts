import type { SimMove } from './balancer';
import type { Cloud, SimAction, SimAudit, SimPlan, SimServer } from './model';
import type { Random } from './random';

/** What the makers of audits and plans share. */
export type OptimizerTools = {
  cloud: Cloud;
  random: Random;
  /** Adds an audit; the newest is added first. */
  audit(given: Partial<SimAudit> & Pick<SimAudit, 'name' | 'goal' | 'strategy'>, minutesAgo: number): SimAudit;
  plan(audit: SimAudit, state: string, actions: SimAction[], more?: Partial<SimPlan>): SimPlan;
  action(type: string, parameters: Record<string, unknown>, more?: Partial<SimAction>): SimAction;
  migrate(server: SimServer, source: string, destination: string | null, more?: Partial<SimAction>): SimAction;
};

export const STABILIZATION = {
  metrics: ['instance_cpu_usage', 'instance_ram_usage'],
  thresholds: { instance_cpu_usage: 0.1, instance_ram_usage: 0.1 },
  weights: { instance_cpu_usage_weight: 1, instance_ram_usage_weight: 0.5 },
  instance_metrics: { instance_cpu_usage: 'host_cpu_usage', instance_ram_usage: 'host_ram_usage' },
  host_choice: 'retry',
  retry_count: 1,
  periods: { instance: 720, compute_node: 600 },
  aggregation_method: { instance: 'mean', compute_node: 'mean' },
  granularity: 300,
};

/** Waves of a few actions, as Watcher's planner lines them up: each waits for all of the one before. */
export function inWaves(actions: SimAction[], width: number): SimAction[] {
  for (const [i, action] of actions.entries()) {
    const wave = Math.floor(i / width);
    action.parents = wave === 0 ? [] : actions.slice((wave - 1) * width, wave * width).map(({ id }) => id);
  }
  return actions;
}

/** The moves of a plan by the hosts' names. */
export const byName = (tools: OptimizerTools, moves: SimMove[]) =>
  moves.map(({ server, source, destination }) => tools.migrate(server, source.name, destination.name));
