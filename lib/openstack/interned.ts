/** Keeps one copy of values that many records repeat: tens of thousands of VMs share a few hundred hosts and flavors. */
type Interner = {
  text<T extends string | null>(text: T): T;
  /** Returns the first of equal plain values, which must not be changed. */
  value<T>(value: T): T;
};

/** Starts over beyond this size, which costs memory but nothing else. */
const MAX_VALUES = 20_000;

export function openInterner(): Interner {
  const kept = new Map<string, unknown>();
  const intern = <T>(key: string, value: T): T => {
    const known = kept.get(key);
    // Equal keys mean equal values.
    if (known !== undefined) return known as T;
    if (kept.size >= MAX_VALUES) kept.clear();
    kept.set(key, value);
    return value;
  };
  return {
    text: (text) => (text === null ? text : intern(text, text)),
    value: (value) => intern(`json ${JSON.stringify(value)}`, value),
  };
}
