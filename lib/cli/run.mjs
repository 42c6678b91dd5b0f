/** Runs a command other than serve with the settings that the server would have. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettingsFiles } from '../server/settings-files.mjs';

/** As monitoring plugins say that they could not check anything. */
const UNKNOWN = 3;

const main = path.resolve(import.meta.dirname, '../../.next/standalone/cli/main.js');
if (!existsSync(main)) {
  console.error('There is no build to run. Run: npm run build');
  process.exit(UNKNOWN);
}
readSettingsFiles();
await import(pathToFileURL(main).href);
