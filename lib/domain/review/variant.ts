import { VARIANT_PARAMETERS, type VariantParameter } from '@/lib/contract/choices';

/**
 * What a user changes in a plan; it is kept in the page's address. Moves are identified by their number in execution order,
 * which never changes; it counts from 1, as in exports and on screen. Numbers are written as ranges to keep it short:
 * off=1-4.8&to=6~cmp-4.9~cmp-5&empty=cmp-9. What is left out is always listed, and never follows from `k`: the order of
 * worth changes with the load, and a link has to mean the same moves tomorrow.
 */
export type Variant = {
  /** Numbers of moves that are left out. */
  off: Set<number>;
  /** Numbers of moves of VMs that must not move, and that run all the same: each was named by a person. */
  anyway: Set<number>;
  /** Numbers of other actions that are left out, counted among those that are no moves. */
  skip: Set<number>;
  /** Where the list of moves, most worth first, is cut; null for below the last move that runs. Changes no figure. */
  cut: number | null;
  /** Other destinations, by number. */
  to: Map<number, string>;
  /** Hosts that are drained after the plan. */
  empty: string[];
  /** Ids of VMs that stay on these hosts all the same. */
  stay: Set<string>;
};

export const noVariant = (): Variant => ({
  off: new Set(),
  anyway: new Set(),
  skip: new Set(),
  cut: null,
  to: new Map(),
  empty: [],
  stay: new Set(),
});

export const isChanged = ({ off, anyway, skip, to, empty }: Variant): boolean =>
  off.size + anyway.size + skip.size + to.size + empty.length > 0;

/** Query parameters; null for one that is not given. */
export type Parameters = { get(name: string): string | null };

/** What a variant may name. */
export type VariantScope = {
  moves: number;
  /** Actions that are no moves. */
  others: number;
  isHost(name: string): boolean;
};

/** A part of an address that means nothing for this plan; the text continues a sentence. */
export type VariantProblem = { parameter: VariantParameter; text: string };

/** A variant can't be computed as it was asked for. */
export class VariantError extends Error {
  readonly parameter: VariantParameter;

  constructor({ parameter, text }: VariantProblem) {
    super(text);
    this.name = 'VariantError';
    this.parameter = parameter;
  }
}

export const asksForVariant = (parameters: Parameters): boolean =>
  VARIANT_PARAMETERS.some((name) => parameters.get(name) !== null);

/** Reads a variant from an address; parts that mean nothing are left out and returned as problems. */
export function readVariant(
  parameters: Parameters,
  scope: VariantScope,
): { variant: Variant; problems: VariantProblem[] } {
  const problems: VariantProblem[] = [];
  const variant = noVariant();
  const refuse = (parameter: VariantParameter, text: string) => problems.push({ parameter, text });
  const parts = (name: VariantParameter): string[] => {
    const text = parameters.get(name);
    if (text === '') refuse(name, 'it is empty');
    return text ? text.split('.') : [];
  };
  const numbers = (name: 'off' | 'anyway' | 'skip', named: Named) => {
    for (const part of parts(name)) {
      const range = readRange(part, named);
      if (typeof range === 'string') refuse(name, range);
      else for (let number = range.first; number <= range.last; number++) variant[name].add(number);
    }
  };
  const moves = { one: 'move', count: scope.moves };
  numbers('off', moves);
  numbers('anyway', moves);
  numbers('skip', { one: 'other action', count: scope.others });
  for (const part of parts('k')) {
    if (/^\d{1,9}$/.test(part) && Number(part) <= scope.moves) variant.cut = Number(part);
    else refuse('k', `“${part}” is not a number of moves: this plan has ${scope.moves}`);
  }
  for (const part of parts('to')) {
    const [text = '', name, ...rest] = part.split('~');
    const range = readRange(text, moves);
    if (name === undefined || rest.length > 0) refuse('to', `“${part}” is not a move and a host, such as 6~cmp-4`);
    else if (typeof range === 'string') refuse('to', range);
    else if (range.first !== range.last) refuse('to', `“${text}” is not a single move`);
    else if (!scope.isHost(decodePart(name))) refuse('to', noHost(decodePart(name)));
    else variant.to.set(range.first, decodePart(name));
  }
  for (const name of new Set(parts('empty').map(decodePart))) {
    if (scope.isHost(name)) variant.empty.push(name);
    else refuse('empty', noHost(name));
  }
  for (const id of parts('stay').map(decodePart)) {
    if (variant.empty.length > 0) variant.stay.add(id);
    else refuse('stay', 'it names VMs that stay on hosts that are emptied, and no host is');
  }
  return { variant, problems };
}

const noHost = (name: string): string =>
  `there is no host “${name}” (a dot in the name of a host is written as *2E, a tilde as *7E)`;

/** What the numbers of an address stand for, and how many of it there are. */
type Named = { one: string; count: number };

/** What an address names: "3" or "1-4"; a text with the reason if it is none. */
function readRange(text: string, { one, count }: Named): { first: number; last: number } | string {
  const found = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  const [first, last] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])];
  if (!found || first > last)
    return `“${text}” is not ${one === 'move' ? 'a' : 'an'} ${one} or a range of ${one}s, such as 3 or 1-4`;
  if (first >= 1 && last <= count) return { first, last };
  const wrong = first < 1 ? first : last;
  return count === 0
    ? `there is no ${one} ${wrong}: this plan has none`
    : `there is no ${one} ${wrong}: this plan has ${one}s 1 to ${count}`;
}

/** VMs that are to stay on a drained host but would not leave it anyway. @param keys of all moves of the variant */
export const listIdleStays = ({ stay }: Variant, keys: ReadonlySet<string>): VariantProblem[] =>
  [...stay]
    .filter((id) => !keys.has(id))
    .map((id) => ({ parameter: 'stay', text: `no VM “${id}” is on a host that is emptied` }));

/** The parameters of a variant, in a fixed order; none for the plan itself. */
export function writeVariant({
  off,
  anyway,
  skip,
  cut,
  to,
  empty,
  stay,
}: Variant): [name: VariantParameter, value: string][] {
  const destinations = [...to].sort(([a], [b]) => a - b).map(([number, host]) => `${number}~${encodePart(host)}`);
  const parameters: [VariantParameter, string][] = [
    ['off', ranges(off).join('.')],
    ['anyway', ranges(anyway).join('.')],
    ['skip', ranges(skip).join('.')],
    ['k', cut === null ? '' : String(cut)],
    ['to', destinations.join('.')],
    ['empty', empty.map(encodePart).join('.')],
    ['stay', empty.length === 0 ? '' : [...stay].sort().map(encodePart).join('.')],
  ];
  return parameters.filter(([, value]) => value !== '');
}

function ranges(numbers: Set<number>): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    parts.push(start === end ? `${sorted[start]}` : `${sorted[start]}-${sorted[end]}`);
    start = end + 1;
  }
  return parts;
}

/** Host names may contain anything, so both separators are escaped as *2E and *7E. */
const encodePart = (text: string): string =>
  text.replace(/[*.~]/g, (sign) => `*${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const decodePart = (text: string): string =>
  text.replace(/\*(2A|2E|7E)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
