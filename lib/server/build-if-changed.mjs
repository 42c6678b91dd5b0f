/**
 * Runs `npm run build` unless nothing that it reads has changed since the last one. Folders count too: their time changes
 * when a file in them comes or goes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** What `next build` and finish-build.mjs read. */
const READ = [
  'app',
  'components',
  'lib',
  'instrumentation.ts',
  'next.config.mjs',
  'node_modules/.package-lock.json',
  'package.json',
  'proxy.ts',
  'tsconfig.json',
];
/** What the build writes last. */
const WRITTEN = '.next/standalone/server.js';

function newest(place) {
  const file = path.join(root, place);
  if (!existsSync(file)) return Number.POSITIVE_INFINITY;
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(place, name))));
}

const built = path.join(root, WRITTEN);
if (!existsSync(built) || Math.max(...READ.map(newest)) > statSync(built).mtimeMs) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell: false });
  process.exit(status ?? 1);
}
