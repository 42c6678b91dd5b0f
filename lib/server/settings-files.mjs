/** The settings in `.env.local` and `.env`, for the server and the command line. Plain JavaScript, since both run before anything compiled. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';

/** The environment takes precedence over both files, and .env.local over .env. */
export function readSettingsFiles() {
  const root = path.resolve(import.meta.dirname, '../..');
  for (const file of ['.env.local', '.env']) {
    if (existsSync(path.join(root, file))) loadEnvFile(path.join(root, file));
  }
}
