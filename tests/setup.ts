import { afterEach, vi } from 'vitest';

// unstable_cache only works inside a running Next server. Its store is Next's own business; what this
// product adds around it (single flight, age, last good data) is tested with the identity in its place.
vi.mock('next/cache', () => ({
  unstable_cache: <T extends (...args: never[]) => unknown>(load: T): T => load,
}));

// What the server would log of its own bugs counts as a complaint, too; what it says of a broken source is its business.
process.env.LOG_LEVEL ??= 'error';
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
  if (typeof chunk !== 'string' || !chunk.startsWith('{"level":"')) return write(chunk, ...rest);
  complaints.push(`log: ${chunk.trim()}`);
  return true;
}) as typeof process.stdout.write;

// An unexpected complaint on the console is a failure, not noise. A test that expects one replaces the method itself.
const complaints: string[] = [];
for (const level of ['error', 'warn'] as const) {
  console[level] = (...args: unknown[]) => {
    complaints.push(`console.${level}: ${args.map(String).join(' ')}`);
  };
}

afterEach(() => {
  const found = complaints.splice(0);
  if (found.length > 0) throw new Error(`unexpected console output\n${found.join('\n')}`);
});
