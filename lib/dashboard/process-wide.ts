/**
 * One value for the whole process. Next bundles pages and routes apart, so a module's own variable exists once in each;
 * what they must share (the cache's slots, the opened sources) lives on globalThis under a symbol.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`watcher-visio.${name}`);
  const holder: { [key: symbol]: T | undefined } = globalThis as unknown as { [key: symbol]: T | undefined };
  const value = holder[key] ?? make();
  holder[key] = value;
  return value;
}
