import { publicMessage, SourceError } from '@/lib/errors';
import { hasEnded } from '@/lib/migration-result';
import { listMigrations } from '@/lib/openstack/migrations';
import type { ServerMigration } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { collectLosses, joinLosses, type Losses } from './losses';

/** Nova's own record of the moves of VMs, for the time in which plans ran. */
export type MigrationRecord = {
  /** The last to begin first. */
  migrations: ServerMigration[];
  /** The time in which the record has every migration that began, ms; null if nothing was read. */
  covered: { from: number; until: number } | null;
  /** Why Nova could not be asked the last time; null if it answered, or if there was nothing to ask. */
  reason: string | null;
  losses: Losses;
};

/** The time in which plans ran; ms. `until`: null while a plan runs. */
export type RunSpan = { from: number; until: number | null };

export type MigrationsReader = {
  /**
   * Sends nothing if no plan ran or nothing can have changed since, else one request for the changes. Does not reject for
   * a failing Nova: then the previous record stays, and its reason says why it ends there.
   *
   * @param span null if no plan ran
   */
  read(span: RunSpan | null, previous?: MigrationRecord): Promise<MigrationRecord>;
};

const NO_MIGRATIONS: MigrationRecord = { migrations: [], covered: null, reason: null, losses: [] };

/** What a cloud with more migrations in the time of the plans has before the newest of these is unknown. */
const MOST = 5_000;
/** Changes become visible later than their timestamps, and clocks differ. */
const OVERLAP_MS = MINUTE_MS;
/** Migrations that are unfinished for longer than this have been abandoned. */
const ABANDONED_MS = DAY_MS;
/** How long not to ask again after Nova has refused. */
const REFUSED_MS = HOUR_MS;

/** @param most see `MOST` */
export function openMigrationsReader(session: Session, clock: () => number, most = MOST): MigrationsReader {
  let refusal: { until: number; reason: string } | null = null;

  async function readSince(since: number): Promise<MigrationRecord> {
    const { session: reader, losses } = collectLosses(session);
    const times: number[] = [];
    const migrations = await listMigrations(reader, { since, most, onTime: (at) => times.push(at) });
    const covered = { from: since, until: times[0] ?? clock() };
    return { ...cutOff(migrations, covered), reason: null, losses: losses() };
  }

  async function readChanges({ from }: RunSpan, previous: MigrationRecord): Promise<MigrationRecord> {
    if (!reaches(previous, from)) return readSince(from);
    const since = Math.max(from, previous.covered.until - OVERLAP_MS);
    const read = await readSince(since);
    // More has changed than one reading takes: what is known from before would leave a gap.
    if (read.covered === null || read.covered.from > since) return read;
    const current = mergeNewest(previous.migrations, read.migrations).filter(
      ({ startedAt, updatedAt }) => (updatedAt ?? startedAt) >= from,
    );
    const covered = { from: Math.max(from, previous.covered.from), until: read.covered.until };
    return { ...cutOff(current, covered), reason: null, losses: joinLosses(previous.losses, read.losses) };
  }

  /** Without the migrations that are too many. */
  function cutOff(all: ServerMigration[], covered: NonNullable<MigrationRecord['covered']>) {
    const migrations = all.slice(0, most);
    const from = migrations.length < most ? covered.from : (migrations.at(-1)?.startedAt ?? covered.from);
    return { migrations, covered: { ...covered, from: Math.max(covered.from, from) } };
  }

  /** Whether the record goes back to a time, or as far as a record may. */
  function reaches(
    record: MigrationRecord,
    from: number,
  ): record is MigrationRecord & { covered: NonNullable<MigrationRecord['covered']> } {
    return record.covered !== null && (record.covered.from <= from || record.migrations.length >= most);
  }

  /** Whether nothing that concerns the runs can have changed since the record was read. */
  function isComplete({ from, until }: RunSpan, record: MigrationRecord): boolean {
    if (!reaches(record, from) || record.reason !== null || until === null) return false;
    const { covered, migrations } = record;
    const isOpen = (one: ServerMigration) =>
      !hasEnded(one) && one.startedAt <= until && covered.until - one.startedAt < ABANDONED_MS;
    return covered.until >= until && !migrations.some(isOpen);
  }

  return {
    async read(span, previous = NO_MIGRATIONS) {
      if (span === null) return NO_MIGRATIONS;
      if (refusal !== null && clock() < refusal.until) return { ...previous, reason: refusal.reason };
      if (isComplete(span, previous)) return previous;
      try {
        const record = await readChanges(span, previous);
        refusal = null;
        return record;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const reason = publicMessage(error);
        if (isRefusal(error)) refusal = { until: clock() + REFUSED_MS, reason };
        return { ...previous, reason };
      }
    },
  };
}

const isRefusal = ({ kind, status }: SourceError): boolean =>
  kind === 'forbidden' || kind === 'missing' || status === 400 || status === 404;

function mergeNewest(known: ServerMigration[], changes: ServerMigration[]): ServerMigration[] {
  const all = new Map([...known, ...changes].map((migration) => [migration.id, migration]));
  return [...all.values()].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}
