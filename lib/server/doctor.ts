import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';

/**
 * npm run doctor: looks at the chain from credentials to a useful plan before anything else is set up, with the settings that
 * the server would have. Ends with 1 where a link is broken.
 */

const root = path.resolve(import.meta.dirname, '../..');
for (const file of ['.env.local', '.env']) {
  if (existsSync(path.join(root, file))) loadEnvFile(path.join(root, file));
}

const { runDoctor } = await import('@/lib/dashboard/collect/examination');
const { printDoctor } = await import('./doctor-text');

const doctor = await runDoctor();
console.log(printDoctor(doctor, { colours: process.stdout.isTTY === true }));
process.exit(doctor.summary.error > 0 ? 1 : 0);
