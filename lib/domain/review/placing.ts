import type { SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { type Context, conclude, describeMove, look } from './attempt';
import { type Attempt, checkVm, openFindings } from './checks';
import { cpuShare, vcpuShare } from './results';
import { endWave, type HostState, moveVm, positionOf } from './world';

/** As many VMs move at once as Watcher's planner lets migrate, by default. */
const WAVE_WIDTH = 2;

/**
 * Moves that leave a host without VMs, the largest first, each to the host that would have the least CPU in use among those
 * that nothing speaks against, or else among those that would take it at all.
 */
export function addMoves(context: Context, empty: string[], firstWave: number): ReviewedMove[] {
  const { world } = context;
  const added: ReviewedMove[] = [];
  for (const host of empty) {
    const guests = [...world.vms.values()]
      .filter((vm) => positionOf(world, vm) === host)
      .sort((a, b) => b.ram - a.ram || (a.id < b.id ? -1 : 1));
    for (const vm of guests) {
      if (added.length > 0 && added.length % WAVE_WIDTH === 0) endWave(world);
      added.push(place(context, vm, host, firstWave + Math.floor(added.length / WAVE_WIDTH)));
    }
  }
  return added;
}

function place(context: Context, vm: SceneVm, source: string, wave: number): ReviewedMove {
  const { world } = context;
  const live = vm.status !== 'SHUTOFF';
  const best = choose(context, vm, live, source);
  const step = { action_id: '', wave, state: 'PENDING', vm_id: vm.id, vm_name: vm.name, live, source };
  const row = { ...describeMove(world, step, vm, best?.host.name ?? null), key: vm.id, change: 'added' } as const;
  const findings = best ? look(context, { vm, live, destination: best }) : openFindings();
  checkVm(findings, vm, live);
  if (!best) findings.reasons.push({ check: 'fit', verdict: 'would-fail', text: 'No host can take it.' });
  else moveVm(world, vm, best.host.name);
  return { ...row, ...conclude(findings, best !== null) };
}

function choose(context: Context, vm: SceneVm, live: boolean, source: string): HostState | null {
  let best: { state: HostState; load: number; clean: boolean } | null = null;
  for (const state of context.world.hosts.values()) {
    const { host } = state;
    if (host.name === source || host.state !== 'up' || host.status !== 'enabled') continue;
    if (context.world.emptied.has(host.name) || host.draining !== null) continue;
    const load = cpuShare(state, vm.cores ?? 0) ?? vcpuShare(state) ?? Number.POSITIVE_INFINITY;
    if (best?.clean && load >= best.load) continue;
    const attempt: Attempt = { vm, live, destination: state };
    const { reasons } = look(context, attempt);
    if (reasons.some(({ verdict }) => verdict === 'would-fail')) continue;
    const clean = reasons.length === 0;
    if (best === null || (clean && !best.clean) || (clean === best.clean && load < best.load))
      best = { state, load, clean };
  }
  return best?.state ?? null;
}
