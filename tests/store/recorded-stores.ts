import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Stores as commits of the time made them, each with the steps up to its name: SQL that SQLite and PostgreSQL both take. */

const FOLDER = path.join(import.meta.dirname, 'recorded');

export const RECORDED = readdirSync(FOLDER)
  .toSorted()
  .map((file) => ({ step: path.basename(file, '.sql'), sql: readFileSync(path.join(FOLDER, file), 'utf8') }));
