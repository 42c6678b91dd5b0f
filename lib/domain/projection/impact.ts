import type { Impact } from '@/lib/contract/promised/audits';
import { stateOf, type World, type WorldVm } from './world';

/** Points of CPU from which one move counts as medium or high. */
const MEDIUM_POINTS = 5;
const HIGH_POINTS = 15;

export type MoveLoad = { source_points: number | null; destination_points: number | null; impact: Impact | null };

/**
 * What the CPU of a VM is in points of both hosts; they differ where the hosts differ in size. The impact is the greater of
 * the two in a word, as the contract defines it.
 *
 * @returns null for what is unknown
 */
export function loadOfMove(
  world: World,
  { source, destination }: { source: string | null; destination: string | null },
  vm: Pick<WorldVm, 'cores'> | undefined,
): MoveLoad {
  const on = (name: string | null) =>
    pointsOf(vm?.cores ?? null, name === null ? null : (stateOf(world, name)?.host.cpu_total ?? null));
  const [sourcePoints, destinationPoints] = [on(source), on(destination)];
  return {
    source_points: sourcePoints,
    destination_points: destinationPoints,
    impact: impactOf(sourcePoints, destinationPoints),
  };
}

/** 100 * cores / logical CPUs; null where either is unknown. */
export function pointsOf(cores: number | null, logicalCpus: number | null): number | null {
  return cores === null || logicalCpus === null || logicalCpus === 0 ? null : (100 * cores) / logicalCpus;
}

/** The greater of the points taken from the source and added to the destination, in a word; null if both are unknown. */
export function impactOf(sourcePoints: number | null, destinationPoints: number | null): Impact | null {
  if (sourcePoints === null && destinationPoints === null) return null;
  const points = Math.max(sourcePoints ?? 0, destinationPoints ?? 0);
  if (points < MEDIUM_POINTS) return 'Low';
  return points < HIGH_POINTS ? 'Medium' : 'High';
}
