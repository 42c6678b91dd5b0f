import { HOUR_MS } from '@/lib/units';
import { CODES } from './command';
import { run } from './run-command';

/** The command line. */

// Whatever ends the process before it is done must not look like a good end.
process.exitCode = CODES.unknown;

// Threads and connections of the server hold no process; there, its port does.
setInterval(() => {}, HOUR_MS);

// What reads the table may stop early, such as head.
process.stdout.on('error', () => process.exit(CODES.unknown));

process.exit(await run(process.argv.slice(2)));
