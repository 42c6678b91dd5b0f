import { MIB } from '@/lib/units';
import { MIGRATION_MS } from '../migrations';
import type { SimCourse, SimMigration } from '../model';

/** How far a migration is. Everything follows from its times. */

/** Shares of a live migration's time before and after its memory is copied. */
const PREPARING = 0.05;
const SWITCHING = 0.05;
/** Nova writes the figures of a copy about this often. */
const REPORT_MS = 5_000;

export const hasEnded = ({ endedAt }: SimMigration, now: number): boolean => endedAt !== null && endedAt <= now;

/** A migration that is only recorded as unfinished copies for ever. */
const courseOf = ({ course, startedAt }: SimMigration): SimCourse =>
  course ?? { begunAt: startedAt, lastsMs: MIGRATION_MS, fate: 'never' };

/** Share of its time that has passed since it left the queue; more than 1 if it does not converge. */
const shareAt = ({ begunAt, lastsMs }: SimCourse, now: number): number =>
  begunAt === null ? 0 : (now - begunAt) / lastsMs;

/** When it ends unless somebody aborts it; infinite while that is open. */
export function endOf({ course, startedAt }: SimMigration): number {
  if (!course) return Number.POSITIVE_INFINITY;
  const { begunAt, lastsMs, fate } = course;
  if (fate === 'refused') return startedAt + REFUSAL_MS;
  if (begunAt === null || fate === 'never') return Number.POSITIVE_INFINITY;
  return begunAt + (fate === 'fails' ? lastsMs / 2 : lastsMs);
}

/** How long Nova's scheduler looks for a host. */
const REFUSAL_MS = 2_000;

/** Nova's word for its state. */
export function statusOf(migration: SimMigration, now: number): string {
  if (hasEnded(migration, now)) return migration.ended;
  const course = courseOf(migration);
  if (course.fate === 'refused') return 'accepted';
  if (course.begunAt === null) return 'queued';
  const share = shareAt(course, now);
  if (share < PREPARING) return migration.type === 'live-migration' ? 'preparing' : 'pre-migrating';
  if (course.fate === 'arrives' && share >= 1 - SWITCHING) return 'post-migrating';
  return migration.type === 'live-migration' ? 'running' : 'migrating';
}

/** When Nova last wrote its row. */
export function updatedAt(migration: SimMigration, now: number): number {
  const { course, startedAt, endedAt } = migration;
  if (endedAt !== null && hasEnded(migration, now)) return endedAt;
  if (!course) return Math.min(now, startedAt + 1_000);
  if (course.begunAt === null) return startedAt;
  return course.begunAt + Math.floor((now - course.begunAt) / REPORT_MS) * REPORT_MS;
}

type Bytes = { total: number; processed: number; remaining: number };

/**
 * Memory copied so far; null as long as Nova has no figures. A guest that writes faster than the network copies is copied
 * again and again, and what remains of it goes up and down.
 */
export function memoryOf(migration: SimMigration, now: number): Bytes | null {
  if (!['running', 'post-migrating'].includes(statusOf(migration, now))) return null;
  const course = courseOf(migration);
  const total = migration.server.flavor.ramMib * MIB;
  const copied = Math.max(0, (shareAt(course, now) - PREPARING) / (1 - PREPARING - SWITCHING));
  if (course.fate !== 'never') {
    const processed = Math.round(total * Math.min(1, copied));
    return { total, processed, remaining: total - processed };
  }
  const left = copied < 1 - STUCK_AT ? 1 - copied : STUCK_AT + 0.05 * Math.sin(8 * (copied - 1 + STUCK_AT));
  return { total, processed: Math.round(total * copied), remaining: Math.round(total * left) };
}

/** Share of its memory that a guest without end keeps dirty. */
const STUCK_AT = 0.3;
