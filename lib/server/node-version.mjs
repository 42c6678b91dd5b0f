/**
 * If Node.js is too old, exits with one sentence instead of the stack trace of whatever breaks first. Imports nothing
 * and uses only ES2015, so that every Node.js with modules can parse it.
 */
const OLDEST = '20.18.1';

/** EX_CONFIG in sysexits.h, as for wrong settings. */
const EX_CONFIG = 78;

const running = process.versions.node;
const [needed, given] = [OLDEST, running].map((version) => version.split('.').map(Number));
const differs = needed.findIndex((part, index) => part !== given[index]);

if (differs !== -1 && given[differs] < needed[differs]) {
  console.error(`Watcher Visio needs Node.js ${OLDEST} or newer; this is ${running}.`);
  process.exit(EX_CONFIG);
}
