import { listOldNames } from './setting-renames';

/** Variables whose names are close to those of settings: most likely misspelt, and without effect. */

const PREFIXES =
  /^(?:OS|PROMETHEUS|METRICS|WATCHER|DASHBOARD|SOURCE_STATUS|HOST_CPU|HOST_RAM|UPSTREAM|AUTH|MOCK|TRUSTED|ALLOWED|MUST_NOT|JOURNAL)_/;
/** Names that other programs read, and those that Kubernetes and Docker give to services. */
const OTHERS =
  /^OS_\w+_API_VERSION$|^OS_(?:NO_CACHE|TEST|STD|LOG)|_SERVICE_(?:HOST|PORT)|_PORT(?:_\d+_(?:TCP|UDP).*)?$/;
/** Letters: of any name with such a beginning, of one that also begins like the setting, and of any other. */
const CLOSE = { usual: 2, sameStart: 3, other: 1 };
const SAME_START = 8;
/** Shorter names mean something to too many programs. */
const SHORTEST = 5;

/** One sentence for each variable that has an old name or a misspelt one. @param known the names of all settings */
export function listToMend(variables: Record<string, string | undefined>, known: string[]): string[] {
  const names = Object.keys(variables).filter((name) => variables[name] !== '');
  return [...listOldNames(names), ...listMisspelt(names, known)];
}

/** One sentence for each. @param known the names of all settings */
export function listMisspelt(names: string[], known: string[]): string[] {
  return names
    .filter((name) => !known.includes(name) && !OTHERS.test(name))
    .filter((name) => PREFIXES.test(name) || name.length >= SHORTEST)
    .flatMap((name) => {
      const nearest = findNearest(name, known);
      return nearest === undefined ? [] : [`${name} is not a setting and has no effect. Did you mean ${nearest}?`];
    })
    .toSorted();
}

function findNearest(name: string, known: string[]): string | undefined {
  const hasPrefix = PREFIXES.test(name);
  const isClose = (one: string, distance: number) =>
    hasPrefix
      ? distance <= CLOSE.usual || (distance <= CLOSE.sameStart && startsAlike(name, one))
      : distance <= CLOSE.other;
  const [best] = known
    .map((one) => ({ one, distance: hasPrefix && one.startsWith(name) ? CLOSE.other : distanceOf(name, one) }))
    .filter(({ one, distance }) => isClose(one, distance))
    .toSorted((a, b) => a.distance - b.distance);
  return best?.one;
}

const startsAlike = (a: string, b: string) => a.slice(0, SAME_START) === b.slice(0, SAME_START);

/** Letters to insert, drop, replace or swap with their neighbour. */
function distanceOf(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1, isSwap ? at(i - 2, j - 2) + 1 : replaced));
    }
  }
  return at(a.length, b.length);
}
