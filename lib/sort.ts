const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The one order of names everywhere: compute-2 before compute-10. */
export const compareNames = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

type Value = string | number | null;

/** Sorts by a value. Unknown values come last in either direction; equal ones keep their order. */
export function sortBy<Item>(items: readonly Item[], keyOf: (item: Item) => Value, descending = false): Item[] {
  const sign = descending ? -1 : 1;
  return items
    .map((item) => ({ item, value: keyOf(item) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value);
    })
    .map(({ item }) => item);
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareNames(String(a), String(b));
