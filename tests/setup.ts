import { afterEach, vi } from 'vitest';

// unstable_cache only works inside a running Next server. Tests replace it with the identity and check what the
// dashboard adds around it: single flight, age, last good data.
vi.mock('next/cache', () => ({
  unstable_cache: <T extends (...args: never[]) => unknown>(load: T): T => load,
}));

// Log lines at level error mean a bug in the server and fail the test; warnings about a broken source don't.
process.env.LOG_LEVEL ??= 'error';
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
  if (typeof chunk !== 'string' || !chunk.startsWith('{"level":"')) return write(chunk, ...rest);
  complaints.push(`log: ${chunk.trim()}`);
  return true;
}) as typeof process.stdout.write;

// Unexpected console output fails the test. A test that expects some replaces the console method itself.
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
