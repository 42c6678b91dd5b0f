/** One copy of values that many records repeat: tens of thousands of VMs have a few hundred hosts, projects and flavors. */
type Shared = {
  text<T extends string | null>(text: T): T;
  /** Of equal values of plain data the first; it must not be changed. */
  value<T>(value: T): T;
};

/** More than these are not kept apart: then it starts again, and costs memory but nothing else. */
const MOST = 20_000;

export function openShared(): Shared {
  const kept = new Map<string, unknown>();
  const one = <T>(key: string, value: T): T => {
    const known = kept.get(key);
    // Equal by its key: only the copy differs.
    if (known !== undefined) return known as T;
    if (kept.size >= MOST) kept.clear();
    kept.set(key, value);
    return value;
  };
  return {
    text: (text) => (text === null ? text : one(text, text)),
    value: (value) => one(`json ${JSON.stringify(value)}`, value),
  };
}
