import 'server-only';
import { processWide } from '@/lib/process-wide';
import type { RegionId } from './region';

/** When someone last asked for data, which decides how often the background reads it. */
const visits = () => processWide('visits', () => new Map<RegionId, number>());

export function noteVisit(region: RegionId, now = Date.now()): void {
  visits().set(region, now);
}

export const lastVisit = (region: RegionId): number => visits().get(region) ?? Number.NEGATIVE_INFINITY;
