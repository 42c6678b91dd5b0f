import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';

/**
 * npm run doctor: checks the chain from credentials to a useful plan in a terminal, with the settings that the server
 * would use. Exits with 1 if a link is broken.
 */

const root = path.resolve(import.meta.dirname, '../..');
for (const file of ['.env.local', '.env']) {
  if (existsSync(path.join(root, file))) loadEnvFile(path.join(root, file));
}

const { runDoctor } = await import('@/lib/dashboard/collect/examination');
const { DEFAULT_REGION } = await import('@/lib/dashboard/process/region');
const { printDoctor } = await import('./doctor-text');

const doctor = await runDoctor(DEFAULT_REGION);
console.log(printDoctor(doctor, { colours: process.stdout.isTTY === true }));
process.exit(doctor.summary.error > 0 ? 1 : 0);
