import type { Demand, LoadedHost } from './demand';

/**
 * VMs and hosts are measured by different exporters over different windows, so the VMs of a host may add up to more than the
 * host uses. What is measured counts first; estimates get what is left. What the host uses beyond its VMs is its base load,
 * which stays when they leave.
 */

/** Factors from 0 to 1 for what was measured and for what was estimated. */
type Scale = { measured: number; estimated: number };

export type Scales = { cores: Scale; ram: Scale };

/** @param demands of all VMs of the host */
export function findScales(demands: Demand[], { cpu, ram }: LoadedHost): Scales {
  return {
    cores: scaleFor(
      demands.map(({ cores, coresEstimate }) => ({ use: cores, isEstimate: coresEstimate !== null })),
      cpu.used,
    ),
    ram: scaleFor(
      demands.map(({ ram: use, ramEstimate }) => ({ use, isEstimate: ramEstimate !== null })),
      ram.used,
    ),
  };
}

function scaleFor(parts: { use: number | null; isEstimate: boolean }[], used: number | null): Scale {
  if (used === null) return { measured: 1, estimated: 1 };
  let [measured, estimated] = [0, 0];
  for (const { use, isEstimate } of parts) {
    if (isEstimate) estimated += use ?? 0;
    else measured += use ?? 0;
  }
  return { measured: share(measured, used), estimated: share(estimated, Math.max(0, used - measured)) };
}

/** The most that `wanted` is multiplied with to fit into `room`. */
const share = (wanted: number, room: number): number => (wanted > room ? room / wanted : 1);

/** A VM's demand as far as its host has it. */
export function scaleDemand(demand: Demand, { cores, ram }: Scales): Demand {
  const byCores = demand.coresEstimate === null ? cores.measured : cores.estimated;
  const byRam = demand.ramEstimate === null ? ram.measured : ram.estimated;
  if (byCores === 1 && byRam === 1) return demand;
  const isScaled = demand.basis === 'measured' && demand.cores !== 0 && byCores < 1;
  return {
    cores: demand.cores === null ? null : demand.cores * byCores,
    basis: isScaled ? 'estimated' : demand.basis,
    coresEstimate: isScaled ? 'scaled-to-host' : demand.coresEstimate,
    ram: demand.ram === null ? null : demand.ram * byRam,
    ramEstimate:
      demand.ram !== null && demand.ram > 0 && byRam < 1
        ? (demand.ramEstimate ?? 'scaled-to-host')
        : demand.ramEstimate,
  };
}
