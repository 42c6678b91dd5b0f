import type { Scene } from '@/lib/contract/v1/scene';
import { formatBytes, formatPercent } from '@/lib/format';
import type { Attempt, Findings } from './checks';
import type { HostState, World } from './world';

/** Load that Nova does not look at: what a destination's CPU was at its highest, and RAM that is really free. */

const whole = (value: number) => formatPercent(value, 0);

export function checkLoad(findings: Findings, world: World, attempt: Attempt): void {
  checkPeak(findings, world.scene.limits, attempt);
  checkRam(findings, world.scene.limits, attempt);
}

/** 100 × (cores at the peak + cores that come) / logical CPUs; null where unknown. */
function peakWith({ host, cpuArrived }: HostState, cores: number): number | null {
  if (host.cpu_peak === null || host.cpu_total === null || host.cpu_total === 0) return null;
  return host.cpu_peak + (100 * (cpuArrived + cores)) / host.cpu_total;
}

function checkPeak(findings: Findings, limits: Scene['limits'], { vm, destination }: Attempt): void {
  const peak = vm.cores === null ? null : peakWith(destination, vm.cores);
  if (peak === null) {
    findings.unchecked.add('peak');
    return;
  }
  if (peak < limits.cpu.hot) return;
  const { name, cpu_peak: before } = destination.host;
  const was = `CPU of ${name} was up to ${whole(before ?? 0)} within 24 hours`;
  const text =
    peak >= 100 ? `${was}; with what comes it would be full.` : `${was}; with what comes that is ${whole(peak)}.`;
  findings.reasons.push({ check: 'peak', verdict: 'warning', text });
}

function checkRam(findings: Findings, limits: Scene['limits'], { vm, destination }: Attempt): void {
  const { host, ramUsed } = destination;
  if (ramUsed === null || host.ram_total === null || host.ram_total === 0) {
    findings.unchecked.add('ram');
    return;
  }
  const free = host.ram_total - ramUsed;
  const needed = vm.ram_used ?? vm.ram;
  const say = (text: string) => findings.reasons.push({ check: 'ram', verdict: 'warning', text });
  if (needed > free) {
    say(
      `${host.name} has ${formatBytes(Math.max(0, free))} of RAM really free; it uses ${formatBytes(needed)}. Guests could be killed.`,
    );
  } else if (vm.ram > free) {
    say(`${host.name} has ${formatBytes(free)} of RAM really free; its flavor may grow to ${formatBytes(vm.ram)}.`);
  } else if ((100 * (ramUsed + needed)) / host.ram_total >= limits.ram.hot) {
    say(`RAM of ${host.name} would be at ${whole((100 * (ramUsed + needed)) / host.ram_total)}.`);
  }
}
