import { formatBytes, formatPercent } from '@/lib/format';
import { cpuShare } from '../projection/figures';
import type { Attempt, Findings } from './checks';
import type { Context, ReviewedState } from './context';

/** Load that Nova does not look at: the destination's highest CPU of a day, and RAM that is really free. */

const whole = (value: number) => formatPercent(value, 0);

export function checkLoad(findings: Findings, { limits }: Context, attempt: Attempt): void {
  checkPeak(findings, limits, attempt);
  checkRam(findings, limits, attempt);
}

/** 100 × (cores at the peak + cores that arrive) / logical CPUs; null if unknown. */
function peakWith({ host, cpuArrived }: ReviewedState, cores: number): number | null {
  if (host.cpu_peak === null || host.cpu_total === null || host.cpu_total === 0) return null;
  return host.cpu_peak + (100 * (cpuArrived + cores)) / host.cpu_total;
}

function checkPeak(findings: Findings, limits: Context['limits'], { vm, destination }: Attempt): void {
  const load = vm.cores === null ? null : cpuShare(destination, vm.cores);
  if (load !== null && load > 100) {
    const text = `CPU of ${destination.host.name} would be at ${whole(load)}, more than it has. Its VMs would slow down.`;
    findings.reasons.push({ check: 'peak', verdict: 'warning', text });
    return;
  }
  const peak = vm.cores === null ? null : peakWith(destination, vm.cores);
  if (peak === null) {
    findings.unchecked.add('peak');
    return;
  }
  if (peak < limits.cpu.hot) return;
  const { name, cpu_peak: before } = destination.host;
  const was = `CPU of ${name} peaked at ${whole(before ?? 0)} in the last 24 hours`;
  const then = peak >= 100 ? 'it would be full' : `that would be ${whole(peak)}`;
  findings.reasons.push({ check: 'peak', verdict: 'warning', text: `${was}; with the VMs that arrive ${then}.` });
}

function checkRam(findings: Findings, limits: Context['limits'], { vm, destination }: Attempt): void {
  const { host, ramLeaving } = destination;
  // Moves of a wave run at the same time, so what leaves the host in it may still be there.
  const ramUsed = destination.ramUsed === null ? null : destination.ramUsed + ramLeaving;
  const needed = vm.ram_used ?? vm.ram;
  if (needed === null || ramUsed === null || host.ram_total === null || host.ram_total === 0) {
    findings.unchecked.add('ram');
    return;
  }
  const free = host.ram_total - ramUsed;
  const say = (text: string) => findings.reasons.push({ check: 'ram', verdict: 'warning', text });
  if (needed > free) {
    const when = ramLeaving > 0 ? ' while VMs that leave it are still there' : '';
    const short = `${host.name} has ${formatBytes(Math.max(0, free))} of RAM free${when}; the VM uses ${formatBytes(needed)}.`;
    say(`${short} VMs there could be killed.`);
  } else if (vm.ram !== null && vm.ram > free) {
    say(`${host.name} has ${formatBytes(free)} of RAM free; the VM may grow to ${formatBytes(vm.ram)}.`);
  } else if ((100 * (ramUsed + needed)) / host.ram_total >= limits.ram.hot) {
    say(`RAM of ${host.name} would be at ${whole((100 * (ramUsed + needed)) / host.ram_total)}.`);
  }
}
