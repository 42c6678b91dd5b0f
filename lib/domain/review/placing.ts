import type { SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { cpuShare, vcpuShare } from '../projection/figures';
import { endWave, moveVm, positionOf, statesOf } from '../projection/world';
import { conclude, describeMove, look } from './attempt';
import { checkVm, openFindings } from './checks';
import type { Context, ReviewedState } from './context';

/** As many VMs move at once as Watcher's planner lets migrate by default. */
const WAVE_WIDTH = 2;

/**
 * Moves that drain hosts, the largest VMs first: each to the host that would have the least CPU in use among those without
 * any finding, or else among those that would take it at all.
 */
export function addMoves(context: Context, hosts: string[], firstWave: number): ReviewedMove[] {
  const { world } = context;
  const added: ReviewedMove[] = [];
  for (const host of hosts) {
    const leaving = [...world.vms.values()]
      .filter((vm) => positionOf(world, vm) === host)
      .sort((a, b) => (b.ram ?? 0) - (a.ram ?? 0) || (a.id < b.id ? -1 : 1));
    for (const vm of leaving) {
      if (added.length > 0 && added.length % WAVE_WIDTH === 0) endWave(world);
      added.push(place(context, vm, { source: host, wave: firstWave + Math.floor(added.length / WAVE_WIDTH) }));
    }
  }
  endWave(world);
  return added;
}

function place(context: Context, vm: SceneVm, { source, wave }: { source: string; wave: number }): ReviewedMove {
  const { world } = context;
  const live = vm.status !== 'SHUTOFF';
  const best = choose(context, vm, { live, source });
  const destination = best?.host.name ?? null;
  const step = {
    action_id: '',
    wave,
    state: 'PENDING',
    status_message: null,
    vm_id: vm.id,
    vm_name: vm.name,
    live,
    source,
    destination,
    happened: null,
  };
  const problem = best ? (vm.cores === null ? 'load-unknown' : null) : 'destination-unknown';
  const findings = best ? look(context, { vm, live, destination: best }) : openFindings();
  checkVm(findings, vm, { live, checksMoves: false });
  if (!best) findings.reasons.push({ check: 'fit', verdict: 'would-fail', text: 'No host can take it.' });
  const conclusion = conclude(findings);
  const row = describeMove(context, { key: vm.id, change: 'added', step, vm, problem, conclusion });
  if (best) moveVm(world, vm, { to: best.host.name });
  return row;
}

function choose(
  context: Context,
  vm: SceneVm,
  { live, source }: { live: boolean; source: string },
): ReviewedState | null {
  let best: { state: ReviewedState; load: number; clean: boolean } | null = null;
  for (const state of statesOf(context.world)) {
    const { host, status } = state;
    if (host.name === source || host.state !== 'up' || status !== 'enabled') continue;
    if (context.drained.has(host.name) || host.draining !== null) continue;
    const load = cpuShare(state, vm.cores ?? 0) ?? vcpuShare(state) ?? Number.POSITIVE_INFINITY;
    if (best?.clean && load >= best.load) continue;
    const { reasons } = look(context, { vm, live, destination: state });
    if (reasons.some(({ verdict }) => verdict === 'would-fail')) continue;
    const clean = reasons.length === 0;
    if (best === null || (clean && !best.clean) || (clean === best.clean && load < best.load))
      best = { state, load, clean };
  }
  return best?.state ?? null;
}
