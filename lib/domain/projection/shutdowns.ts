import type { Shutdown } from '@/lib/contract/v1/projection';
import type { WalkedShutdown } from './walk';
import type { WorldVm } from './world';

/** VMs that a plan takes out of service, for every page and answer. */

type NamedVm = WorldVm & { name: string | null };

export function describeShutdown({ step, vm, host, problem }: WalkedShutdown<NamedVm>): Shutdown {
  return {
    action_id: step.action_id,
    state: step.state,
    status_message: step.status_message,
    wave: step.wave,
    how: step.how,
    vm_id: step.vm_id ?? '',
    vm_name: vm?.name ?? step.vm_name ?? step.vm_id ?? '',
    host,
    cpu_cores: vm?.cores ?? null,
    problem,
  };
}

/** Without measurements from when a plan was made, its effect is as unknown as that of a move. */
export function withoutHistory(shutdown: Shutdown): Shutdown {
  const kept: Shutdown['problem'][] = ['skipped', 'failed', 'cancelled'];
  return kept.includes(shutdown.problem) ? shutdown : { ...shutdown, problem: 'no-history' };
}

/** Those that are still to be taken out of service, or were to be when the plan was made. */
export const countShutdowns = (shutdowns: Pick<Shutdown, 'problem'>[]): number =>
  shutdowns.filter(({ problem }) => problem === null || problem === 'no-history').length;
