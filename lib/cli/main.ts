import { CODES } from './command';
import { run } from './run-command';

/** The command line. */

// Whoever reads the table may go away, such as head.
process.stdout.on('error', () => process.exit(CODES.unknown));

process.exit(await run(process.argv.slice(2)));
