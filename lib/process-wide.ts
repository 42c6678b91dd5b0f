/**
 * One value for the whole process. Next bundles pages and routes separately, so a module's own variable exists once in
 * each bundle; what they share (cached readings, opened sources, settings) lives on globalThis under a symbol.
 */
export function processWide<T>(name: string, make: () => T): T {
  const holder = globals<T>();
  const key = keyOf(name);
  const value = holder[key] ?? make();
  holder[key] = value;
  return value;
}

/** The next call of `processWide` makes the value again. */
export function forgetProcessWide(name: string): void {
  delete globals()[keyOf(name)];
}

/** globalThis as a record of our own symbols, whose values have the type that their name stands for. */
const globals = <T>() => globalThis as unknown as { [key: symbol]: T | undefined };

/** Some names are looked up many times in every request. */
const keys = new Map<string, symbol>();

function keyOf(name: string): symbol {
  const known = keys.get(name) ?? Symbol.for(`watcher-visio.${name}`);
  keys.set(name, known);
  return known;
}
