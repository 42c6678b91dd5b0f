import { isRecord } from '@/lib/is-record';

/** How moves go, as people script them. Names are beginnings of VMs' names. */
export type MoveScript = {
  /** How long a move takes once it has left its source host's queue. */
  seconds: number;
  /** VMs whose copy never converges. */
  never: string[];
  /** VMs whose move fails half way. */
  fail: string[];
  /** VMs for which Nova finds no valid host. */
  refuse: string[];
};

export const DEFAULT_SCRIPT: MoveScript = { seconds: 20, never: [], fail: [], refuse: [] };

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

/** A whole script; what is left out is as by default. Or a sentence that says what is wrong with it. */
export function readScript(given: unknown): MoveScript | string {
  if (!isRecord(given)) return 'A script must be a JSON object.';
  const unknown = Object.keys(given).find((name) => !(name in DEFAULT_SCRIPT));
  if (unknown !== undefined) return `A script has no "${unknown}"; it can have seconds, never, fail and refuse.`;
  const { seconds, never, fail, refuse } = { ...DEFAULT_SCRIPT, ...given };
  if (typeof seconds !== 'number' || !(seconds > 0)) return '"seconds" must be a positive number.';
  if (!isNames(never) || !isNames(fail) || !isNames(refuse)) return 'Names must be a list of texts.';
  return { seconds, never, fail, refuse };
}
