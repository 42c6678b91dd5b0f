/**
 * Removes the beginning and the end that all names share, up to a separator: cmp-r01-04 becomes r01-04, and
 * a1.example.org becomes a1. Names stay whole if there is only one, or if only numbers would be left.
 */
export function shortenNames(names: string[]): Map<string, string> {
  const front = shared(names, /[-_.]/);
  const rest = names.map((name) => name.slice(front));
  const back = shared(rest.map(reverse), /\./);
  const short = rest.map((name) => name.slice(0, name.length - back));
  const whole = names.length < 2 || short.some((name) => /^\d*$/.test(name));
  return new Map(names.map((name, at) => [name, (whole ? null : short[at]) ?? name]));
}

/** The length of the common beginning, including its last separator. */
function shared(names: string[], separator: RegExp): number {
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length--;
  while (length > 0 && !separator.test(first.charAt(length - 1))) length--;
  return length;
}

const reverse = (name: string) => [...name].reverse().join('');

/** Cuts out the middle of a long name, since similar names differ at their ends. */
export function ellipsize(name: string, most: number): string {
  if (name.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (most - 1 - head))}`;
}
