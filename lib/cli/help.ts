import { CODES, type Command, type Option, type Status } from './command';
import { COMMANDS } from './commands';

/** What --help prints. */

export const SHARED: (Option | { name: string; value: null; help: string })[] = [
  { name: 'url', value: '<address>', help: 'ask this running instance (VISIO_URL); without one, the cloud is read' },
  { name: 'token-file', value: '<file>', help: 'a file with a token for the instance (VISIO_TOKEN, VISIO_TOKEN_FILE)' },
  { name: 'region', value: '<id>', help: 'the region to ask about, as in /api/v1/regions/; by default the first one' },
  { name: 'timeout', value: '<seconds>', help: 'how long to wait for the first reading of the cloud (60)' },
  { name: 'json', value: null, help: 'print the answer of the API instead of a table' },
  { name: 'quiet', value: null, help: 'print one line only, for a monitor' },
  { name: 'help', value: null, help: 'print this' },
  { name: 'version', value: null, help: 'print the version' },
];

const SERVE = { usage: 'serve', summary: 'start the server; --listen <address> instead of HOSTNAME' };

const aligned = (rows: [left: string, right: string][]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const optionRows = (options: { name: string; value: string | null; help: string }[]) =>
  options.map(({ name, value, help }): [string, string] => [`--${name}${value === null ? '' : ` ${value}`}`, help]);

export const printHelp = (): string[] => [
  'Usage: watcher-visio <command> [options]',
  '',
  'What OpenStack Watcher’s plans would do to your cloud, in a terminal.',
  '',
  ...aligned([SERVE, ...Object.values(COMMANDS)].map(({ usage, summary }): [string, string] => [usage, summary])),
  '',
  ...aligned(optionRows(SHARED)),
  '',
  'It ends with 0 if all is well, 1 for a warning, 2 if it is critical and 3 if that is unknown;',
  '--help after a command says what is what. Nothing is changed in the cloud.',
];

export function printCommandHelp({ usage, summary, options, codes }: Command): string[] {
  const ends = Object.entries<number>(CODES).flatMap(([status, code]): [string, string][] => {
    const when = codes[status as Status]; // The keys of CODES.
    return when === null ? [] : [[String(code), when]];
  });
  return [
    `Usage: watcher-visio ${usage} [options]`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...(options.length === 0 ? [] : [...aligned(optionRows(options)), '']),
    ...aligned(optionRows(SHARED)),
    '',
    'It ends with',
    ...aligned(ends),
  ];
}

export const printServeHelp = (): string[] => [
  'Usage: watcher-visio serve [--listen <address>]',
  '',
  'Starts the server on PORT (3000) of HOSTNAME (127.0.0.1), or of the address given here.',
  '',
  'It ends with 78 if settings are wrong, 1 if it can’t listen there, and 143 after SIGTERM.',
];
