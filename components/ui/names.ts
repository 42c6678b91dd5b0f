/**
 * Host names without what all of them share at the front and at the end, up to a separator: cmp-r01-04 is r01-04 among
 * its like. A few hosts have room for their whole names.
 */
export function shortNames(names: string[]): string[] {
  if (names.length < 4) return names;
  const front = shared(names, (name) => name, /[-_.]/);
  const rest = names.map((name) => name.slice(front));
  const back = shared(rest, (name) => [...name].reverse().join(''), /\./);
  return rest.map((name, at) => (back > 0 ? name.slice(0, -back) : name) || (names[at] ?? ''));
}

/** How many letters all names begin with, up to and with the last separator. */
function shared(names: string[], turn: (name: string) => string, separator: RegExp): number {
  const turned = names.map(turn);
  const [first = ''] = turned;
  let length = first.length;
  for (const name of turned) {
    while (!name.startsWith(first.slice(0, length))) length--;
  }
  while (length > 0 && !separator.test(first.charAt(length - 1))) length--;
  return length;
}
