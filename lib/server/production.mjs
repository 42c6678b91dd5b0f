/**
 * Starts the production server that `npm run build` made. Takes PORT and HOSTNAME as Next does, or `--listen` where
 * something else sets HOSTNAME, and settings from `.env.local` and `.env` too. Plain JavaScript, since it runs before
 * anything compiled.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import { setFlagsFromString } from 'node:v8';

// By default V8 lets the heap grow fourfold before it collects garbage, which with tens of thousands of VMs is hundreds
// of
// megabytes. Twofold costs a few percent more CPU.
setFlagsFromString('--heap-growing-percent=100');

const root = path.resolve(import.meta.dirname, '../..');
const server = path.join(root, '.next/standalone/server.js');

if (!existsSync(server)) {
  console.error('There is no build to start. Run: npm run build');
  process.exit(1);
}

// The environment takes precedence over both files, and .env.local over .env.
for (const file of ['.env.local', '.env']) {
  if (existsSync(path.join(root, file))) loadEnvFile(path.join(root, file));
}

const { values } = parseArgs({ options: { listen: { type: 'string' } } });
if (values.listen) process.env.HOSTNAME = values.listen;

// Shells and containers set HOSTNAME to the machine's own name, which is not meant as an address to listen on.
if (!process.env.HOSTNAME || process.env.HOSTNAME === hostname()) process.env.HOSTNAME = '127.0.0.1';
process.env.PORT ||= '3000';
process.env.NEXT_TELEMETRY_DISABLED = '1';

// Without a terminal, Next's console.log becomes part of the log: one JSON object per line.
if (!process.stdout.isTTY) {
  console.log = (...words) => {
    const msg = stripVTControlCharacters(format(...words)).trim();
    if (msg !== '') process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date().toISOString(), msg })}\n`);
  };
}

const shown = process.env.HOSTNAME.includes(':') ? `[${process.env.HOSTNAME}]` : process.env.HOSTNAME;
const what = /^(true|1|yes|on)$/i.test(process.env.USE_MOCK_DATA ?? '') ? 'with a simulated cloud ' : '';
console.log(`Watcher Visio ${what}on http://${shown}:${process.env.PORT}`);

await import('./server-front.mjs');
await import(server);
