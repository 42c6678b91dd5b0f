/**
 * One value for the whole process. Next bundles pages and routes apart, so a module's own variable exists once in each;
 * what they must share (the cache's slots, the opened sources) lives on globalThis under a symbol.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = keyOf(name);
  const holder: { [key: symbol]: T | undefined } = globalThis as unknown as { [key: symbol]: T | undefined };
  const value = holder[key] ?? make();
  holder[key] = value;
  return value;
}

/** Some are looked up many times for every request. */
const keys = new Map<string, symbol>();

function keyOf(name: string): symbol {
  const known = keys.get(name) ?? Symbol.for(`watcher-visio.${name}`);
  keys.set(name, known);
  return known;
}
