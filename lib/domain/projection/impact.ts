import type { Impact } from '@/lib/contract/promised/audits';

/** Points of CPU from which one migration counts as medium or high. */
const MEDIUM_POINTS = 5;
const HIGH_POINTS = 15;

/** Points of host CPU that some cores make on a host: 100 * cores / logical CPUs; null where either is unknown. */
export function pointsOf(cores: number | null, logicalCpus: number | null): number | null {
  return cores === null || logicalCpus === null || logicalCpus === 0 ? null : (100 * cores) / logicalCpus;
}

/** The greater of the points taken from the source and added to the destination, in a word; null where both are unknown. */
export function impactOf(sourcePoints: number | null, destinationPoints: number | null): Impact | null {
  if (sourcePoints === null && destinationPoints === null) return null;
  const points = Math.max(sourcePoints ?? 0, destinationPoints ?? 0);
  if (points < MEDIUM_POINTS) return 'Low';
  return points < HIGH_POINTS ? 'Medium' : 'High';
}
