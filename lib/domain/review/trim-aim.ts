import type { Trim } from '@/lib/contract/v1/trim';
import { readWeights } from '../plans/audit-settings';

/** What a plan is measured by when some of its moves are left out. */
export type Aim = Pick<Trim, 'by' | 'weights'>;

/** These empty hosts, and each host counts by itself. */
const EMPTYING = new Set(['server_consolidation', 'saving_energy']);
/** These empty what somebody asked for: half of it serves no one. */
const ASKED_FOR = new Set(['cluster_maintaining', 'hardware_maintenance']);

const CPU_ONLY = { cpu: 1, ram: 0 };

/** @param parameters of the audit */
export function aimOf(goal: string, parameters: Record<string, unknown>): Aim {
  if (EMPTYING.has(goal)) return { by: 'emptied-hosts', weights: CPU_ONLY };
  if (ASKED_FOR.has(goal)) return { by: 'nothing', weights: CPU_ONLY };
  return { by: 'spread', weights: weightsOf(parameters) };
}

/** A weight counts only for a metric that the strategy looks at; most strategies weigh nothing. */
function weightsOf(parameters: Record<string, unknown>): Aim['weights'] {
  const { cpu, ram } = readWeights(parameters);
  const named = [parameters.metrics].flat().filter((name) => typeof name === 'string');
  const looksAt = (names: string[]) => named.length === 0 || names.some((name) => named.includes(name));
  const isNamed = named.length > 0;
  const weights = {
    cpu: looksAt(['instance_cpu_usage', 'cpu_util']) ? (cpu ?? 1) : 0,
    ram: looksAt(['instance_ram_usage', 'memory.resident']) ? (ram ?? (isNamed ? 1 : 0)) : 0,
  };
  return weights.cpu + weights.ram > 0 ? weights : CPU_ONLY;
}
