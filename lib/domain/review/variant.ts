/**
 * What a user changes in a plan; it is kept in the page's address. Moves are identified by their position in execution order,
 * which never changes. Positions are written as ranges to keep it short: off=0-3.7&to=5~cmp-4.8~cmp-5&empty=cmp-9.
 */
export type Variant = {
  /** Positions of moves that are left out. */
  off: Set<number>;
  /** Other destinations, by position. */
  to: Map<number, string>;
  /** Hosts that are drained after the plan. */
  empty: string[];
};

export const noVariant = (): Variant => ({ off: new Set(), to: new Map(), empty: [] });

export const isChanged = ({ off, to, empty }: Variant): boolean => off.size > 0 || to.size > 0 || empty.length > 0;

type Parameters = { get(name: string): string | null };

/** Reads a variant from an address. Invalid parts are ignored: users edit addresses. */
export function readVariant(parameters: Parameters, moves: number): Variant {
  const isPosition = (position: number) => Number.isInteger(position) && position >= 0 && position < moves;
  const off = new Set<number>();
  for (const part of split(parameters.get('off'))) {
    const found = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (!found) continue;
    const last = Math.min(Number(found[2] ?? found[1]), moves - 1);
    for (let position = Number(found[1]); position <= last; position++) off.add(position);
  }
  const to = new Map<number, string>();
  for (const part of split(parameters.get('to'))) {
    const at = part.indexOf('~');
    const position = at > 0 ? Number(part.slice(0, at)) : Number.NaN;
    const host = decodePart(part.slice(at + 1));
    if (isPosition(position) && host !== '') to.set(position, host);
  }
  const empty = split(parameters.get('empty')).map(decodePart).filter(Boolean);
  return { off, to, empty: [...new Set(empty)] };
}

/** The parameters of a variant, in a fixed order; none for the plan itself. */
export function writeVariant({ off, to, empty }: Variant): [name: string, value: string][] {
  const destinations = [...to].sort(([a], [b]) => a - b).map(([position, host]) => `${position}~${encodePart(host)}`);
  const parameters: [string, string][] = [
    ['off', ranges([...off].sort((a, b) => a - b)).join('.')],
    ['to', destinations.join('.')],
    ['empty', empty.map(encodePart).join('.')],
  ];
  return parameters.filter(([, value]) => value !== '');
}

function ranges(sorted: number[]): string[] {
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    parts.push(start === end ? `${sorted[start]}` : `${sorted[start]}-${sorted[end]}`);
    start = end + 1;
  }
  return parts;
}

const split = (text: string | null): string[] => (text ?? '').split('.').filter(Boolean);

/** Host names may contain anything, so both separators are escaped as *2E and *7E. */
const encodePart = (text: string): string =>
  text.replace(/[*.~]/g, (sign) => `*${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const decodePart = (text: string): string =>
  text.replace(/\*(2A|2E|7E)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
