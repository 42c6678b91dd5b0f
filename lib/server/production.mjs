/**
 * Starts the production server that `npm run build` made: PORT and HOSTNAME as Next knows them, or `--listen` where
 * something else sets HOSTNAME; settings also from `.env.local` and `.env` in this folder. Plain JavaScript, since it runs
 * before anything is compiled.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import { setFlagsFromString } from 'node:v8';

// Left to itself V8 lets the heap grow fourfold before it looks for what is not needed any more: of tens of thousands of VMs
// that is hundreds of megabytes of garbage. Twofold costs a few percent of CPU more.
setFlagsFromString('--heap-growing-percent=100');

const root = path.resolve(import.meta.dirname, '../..');
const server = path.join(root, '.next/standalone/server.js');

if (!existsSync(server)) {
  console.error('There is no build to start. Run: npm run build');
  process.exit(1);
}

// What the environment sets already wins over both files, and .env.local over .env.
for (const file of ['.env.local', '.env']) {
  if (existsSync(path.join(root, file))) loadEnvFile(path.join(root, file));
}

const { values } = parseArgs({ options: { listen: { type: 'string' } } });
if (values.listen) process.env.HOSTNAME = values.listen;

// Shells and containers set HOSTNAME to the machine's own name; that is not a wish to listen there.
if (!process.env.HOSTNAME || process.env.HOSTNAME === hostname()) process.env.HOSTNAME = '127.0.0.1';
process.env.PORT ||= '3000';
process.env.NEXT_TELEMETRY_DISABLED = '1';

// A terminal is read by people, everything else by what reads the log: one JSON object a line. Next speaks by console.log.
if (!process.stdout.isTTY) {
  console.log = (...words) => {
    const msg = stripVTControlCharacters(format(...words)).trim();
    if (msg !== '') process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date().toISOString(), msg })}\n`);
  };
}

const shown = process.env.HOSTNAME.includes(':') ? `[${process.env.HOSTNAME}]` : process.env.HOSTNAME;
const what = /^(true|1|yes|on)$/i.test(process.env.USE_MOCK_DATA ?? '') ? 'with a simulated cloud ' : '';
console.log(`Watcher Visio ${what}on http://${shown}:${process.env.PORT}`);

await import('./front.mjs');
await import(server);
