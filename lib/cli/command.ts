import type { Ask } from './ask';

/** What a command is: a row of the table in commands.ts. */

/** As monitoring plugins end. */
export const CODES = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;
export type Status = keyof typeof CODES;

/** What a command found. */
export type Report = {
  status: Status;
  /** One sentence, which monitors show. */
  summary: string;
  /** For people; the summary follows. */
  lines: string[];
  /** The answer of the API. */
  json: string;
};

export type Option = { name: string; value: string; help: string; several?: true };

export type Given = {
  /** What stands behind the command's name. */
  words: string[];
  options: Record<string, string[] | undefined>;
  /** Whether the terminal shows colours. */
  colours: boolean;
};

export type Command = {
  /** With what has to stand behind the name: `review <plan>`. */
  usage: string;
  summary: string;
  options: Option[];
  /** When it ends with which code; null if it can't. */
  codes: Record<Status, string | null>;
  run(ask: Ask, given: Given): Promise<Report>;
};

/** The command line is wrong. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UsageError';
  }
}

/** The value of an option that is given once at most. */
export const one = ({ options }: Given, name: string): string | undefined => options[name]?.at(-1);

/** Unknown is worse than ok only: what is known to be wrong must be seen. */
const FROM_BEST: Status[] = ['ok', 'unknown', 'warning', 'critical'];

export const worst = (found: Status[]): Status => FROM_BEST.findLast((status) => found.includes(status)) ?? 'ok';
