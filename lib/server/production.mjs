/**
 * Starts the production server that `npm run build` made, where listen-address.mjs says. Plain JavaScript, since it runs
 * before anything compiled.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, stripVTControlCharacters } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { readListenAddress, requireFreePort } from './listen-address.mjs';

// By default V8 lets the heap grow fourfold before it collects garbage, which with tens of thousands of VMs is hundreds
// of megabytes. Twofold costs a few percent more CPU.
setFlagsFromString('--heap-growing-percent=100');

const root = path.resolve(import.meta.dirname, '../..');
/** Settings of which the value is a path. */
const NAMES_A_FILE = /^[A-Z_]+_FILE$|^(?:OS|PROMETHEUS)_(?:CACERT|CERT|KEY)$|^DATA_DIR$/;
const server = path.join(root, '.next/standalone/server.js');

if (!existsSync(server)) {
  console.error('There is no build to start. Run: npm run build');
  process.exit(1);
}

const address = readListenAddress();
keepStartFolder();
await requireFreePort(address);
process.env.NEXT_TELEMETRY_DISABLED = '1';

// Whoever reads the log may go away. Unheard, the failed write would be logged, which fails again, without end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// Without a terminal, Next's console.log becomes part of the log: one JSON object per line.
const print = process.stdout.isTTY
  ? console.log
  : (...words) => {
      const msg = stripVTControlCharacters(format(...words)).trim();
      if (msg === '') return;
      process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date().toISOString(), msg })}\n`);
    };

// Next says that it is ready before the settings are checked. So what it says waits until they are (startup.ts), and is
// dropped if they are wrong.
let held = [];
function release() {
  console.log = print;
  for (const words of held) print(...words);
  held = [];
}
console.log = (...words) => held.push(words);
globalThis[Symbol.for('watcher-visio.settings-checked')] = release;
process.once('exit', (code) => code === 0 && release());

const shown = address.host.includes(':') ? `[${address.host}]` : address.host;
const what = /^(true|1|yes|on)$/i.test(process.env.USE_MOCK_DATA ?? '') ? 'with a simulated cloud ' : '';
console.log(`Watcher Visio ${what}on http://${shown}:${address.port}${basePathOfBuild()}`);

/**
 * Next's server changes to its own folder, which the next build removes. Relative paths in settings, and clouds.yaml, belong
 * to the folder in which the command was typed.
 */
function keepStartFolder() {
  globalThis[Symbol.for('watcher-visio.started-in')] = process.cwd();
  for (const [name, value] of Object.entries(process.env))
    if (value && NAMES_A_FILE.test(name)) process.env[name] = path.resolve(value);
}

function basePathOfBuild() {
  const manifest = path.join(root, '.next/standalone/.next/routes-manifest.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).basePath : '';
}

await import('./server-front.mjs');
await import(server);
