import type { LoadLevel } from '@/lib/contract/v1/hosts';

/** Percentages from which a load counts as warm or hot. */
export type LoadLimits = { warm: number; hot: number };

export type Limits = { cpu: LoadLimits; ram: LoadLimits };

/** @param load percent */
export const levelOf = (load: number, { warm, hot }: LoadLimits): Exclude<LoadLevel, 'unknown'> =>
  load >= hot ? 'hot' : load >= warm ? 'warm' : 'normal';

/**
 * The worse level of a host's CPU and RAM; unknown only if neither is measured.
 *
 * @param load percent, null if not measured
 */
export function hostLevel(load: { cpu: number | null; ram: number | null }, limits: Limits): LoadLevel {
  const levels = [
    load.cpu === null ? 'unknown' : levelOf(load.cpu, limits.cpu),
    load.ram === null ? 'unknown' : levelOf(load.ram, limits.ram),
  ] as const;
  return WORST_FIRST.find((level) => levels.includes(level)) ?? 'unknown';
}

const WORST_FIRST: LoadLevel[] = ['hot', 'warm', 'normal'];
