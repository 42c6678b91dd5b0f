import { renameSync, rmSync } from 'node:fs';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { isBreaking } from './migrations';
import type { Tables } from './tables';

/** A newer version has changed the database, and this one can't use it. The message goes on from the name of the setting. */
export class NewerStoreError extends Error {
  constructor(steps: string[]) {
    super(
      `holds data that a newer version of Watcher Visio has changed (${steps.join(', ')}): start that version, or put back the backup from before it, as docs/upgrading.md says`,
    );
    this.name = 'NewerStoreError';
  }
}

/** `copy`: the file with the database as it was before, null with PostgreSQL. */
export type StoreNews =
  | { kind: 'changing'; steps: string[]; copy: string | null }
  /** A newer version has added these; this one can do without them. */
  | { kind: 'newer'; steps: string[] };

/** @param file of the database; null if it is none, or gone with the process */
export type Steps = {
  migrations: Record<string, Migration>;
  file: string | null;
  report: (news: StoreNews) => void;
};

/**
 * Runs the steps that a database lacks, all or none. Processes that start together take turns: Kysely locks PostgreSQL, and
 * a transaction SQLite.
 *
 * @throws NewerStoreError
 */
export async function bringUpToDate(db: Kysely<Tables>, { migrations, file, report }: Steps): Promise<void> {
  const before = await listSteps(db);
  const newer = before.filter((name) => !Object.hasOwn(migrations, name));
  const steps = Object.keys(migrations).filter((name) => !before.includes(name));
  if (newer.some(isBreaking) || (newer.length > 0 && steps.length > 0)) throw new NewerStoreError(newer);
  if (newer.length > 0) report({ kind: 'newer', steps: newer });
  const [next] = steps;
  if (next === undefined) return;
  if (before.length > 0) {
    const copy = file === null ? null : await keepCopy(db, { before, copy: `${file}.before-${next}` });
    report({ kind: 'changing', steps, copy });
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

const DONE = 'kysely_migration';

/** The steps that the database has had, by Kysely's record. */
async function listSteps(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DONE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DONE)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Copies the file beside itself, as a database of its own without a log. Returns null if another process has just done it. */
async function keepCopy(db: Kysely<Tables>, { before, copy }: { before: string[]; copy: string }) {
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { force: true });
  await sql`vacuum into ${unfinished}`.execute(db);
  const isOfBefore = (await listSteps(db)).join() === before.join();
  if (isOfBefore) renameSync(unfinished, copy);
  else rmSync(unfinished);
  return isOfBefore ? copy : null;
}
