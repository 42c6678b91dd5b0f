#!/usr/bin/env node
/**
 * The command watcher-visio: starts the server, or runs what `npm run build` made of main.ts. Everything is imported
 * after the check, since an older Node.js could not parse it, and static imports are parsed first.
 */
import '../server/node-version.mjs';

const [command, option] = process.argv.slice(2);
const asksForHelp = option === '--help' || option === '-h';

if (command === 'serve' && !asksForHelp) {
  process.argv.splice(2, 1);
  import('../server/production.mjs');
} else {
  import('./run.mjs');
}
