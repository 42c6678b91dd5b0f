import { setTimeout as sleep } from 'node:timers/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { EnvError } from '@/lib/env';
import { SECOND_MS } from '@/lib/units';
import { version } from '@/package.json';
import { NoAnswer, openAsk, type Send } from './ask';
import { CODES, type Command, type Given, type Report, type Status, UsageError } from './command';
import { COMMANDS } from './commands';
import { printCommandHelp, printHelp, printServeHelp, SHARED } from './help';
import { plain } from './plain';
import { type Instance, readInstance } from './settings';

/** Chooses a command, runs it and prints what it found. */

/** For a single answer, and beyond it for the first reading of a cloud; seconds. */
const DEFAULT_TIMEOUT = 60;
const LONGEST_TIMEOUT = 3_600;

/** Returns the code to end with. Monitors show only what is on standard output. */
export async function run(words: string[]): Promise<number> {
  try {
    return await runCommand(words);
  } catch (error) {
    const isKnown = error instanceof NoAnswer || error instanceof UsageError || error instanceof EnvError;
    console.error(isKnown ? error.message : error);
    if (words.includes('--quiet'))
      print([lineForMonitor('unknown', isKnown ? error.message : 'it failed; standard error says why')]);
    if (error instanceof UsageError) console.error('watcher-visio --help lists commands and options.');
    return CODES.unknown;
  }
}

async function runCommand([name = '', ...words]: string[]): Promise<number> {
  if (name === '--version') return print([version]);
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    print(printHelp());
    return name === '' ? CODES.unknown : CODES.ok;
  }
  if (name === 'serve') return print(printServeHelp());
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(`There is no command ${name}.`);
  const { values, positionals } = parse(command, words);
  if (values.help) return print(printCommandHelp(command));
  if (values.version) return print([version]);
  const [, surplus] = positionals;
  if (surplus !== undefined) throw new UsageError(`${name} takes one argument; ${surplus} is one too many.`);
  const seconds = secondsOf(values.timeout);
  const instance = readInstance({ url: textOf(values.url), tokenFile: textOf(values['token-file']) });
  const ask = openAsk(await openSend(instance, seconds), {
    patienceMs: seconds * SECOND_MS,
    clock: Date.now,
    sleep,
    region: textOf(values.region),
  });
  const given: Given = {
    words: positionals,
    options: Object.fromEntries(command.options.map((option) => [option.name, textsOf(values[option.name])])),
    colours: process.stdout.isTTY === true && process.stdout.hasColors(),
  };
  const report = await command.run(ask, given);
  print(textOfReport(report, { json: values.json === true, quiet: values.quiet === true }));
  return CODES[report.status];
}

function textOfReport(
  { status, summary, lines, json }: Report,
  { json: wantsJson, quiet }: { json: boolean; quiet: boolean },
) {
  if (wantsJson) return [json];
  if (quiet) return [lineForMonitor(status, summary)];
  return [...lines, ...(lines.length === 0 ? [] : ['']), plain(summary)];
}

const lineForMonitor = (status: Status, sentence: string) => `${status.toUpperCase()}: ${plain(sentence)}`;

function print(lines: string[]): number {
  process.stdout.write(`${lines.join('\n')}\n`);
  return CODES.ok;
}

/** What reads the cloud is large, and only loaded if it is needed. */
async function openSend(instance: Instance | null, seconds: number): Promise<Send> {
  if (instance === null) return (await import('./ask-cloud')).askCloud();
  return (await import('./ask-instance')).askInstance(instance, seconds * SECOND_MS);
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse({ usage, options }: Command, words: string[]): { values: Values; positionals: string[] } {
  const kinds: NonNullable<ParseArgsConfig['options']> = {};
  for (const { name, value } of SHARED) kinds[name] = { type: value === null ? 'boolean' : 'string' };
  for (const { name, several } of options) kinds[name] = { type: 'string', multiple: several === true };
  kinds.help = { type: 'boolean', short: 'h' };
  try {
    const { values, positionals } = parseArgs({ args: words, options: kinds, allowPositionals: usage.includes('<') });
    return { values, positionals };
  } catch (error) {
    // Its messages are for people: Unknown option '--colour'.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const textOf = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined);

const textsOf = (value: Values[string]): string[] | undefined =>
  value === undefined ? undefined : [value].flat().filter((text) => typeof text === 'string');

function secondsOf(value: Values[string]): number {
  const text = textOf(value) ?? String(DEFAULT_TIMEOUT);
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > LONGEST_TIMEOUT)
    throw new UsageError(`--timeout takes seconds, from 1 to ${LONGEST_TIMEOUT}.`);
  return seconds;
}
