import { afterEach, vi } from 'vitest';

// unstable_cache only works inside a running Next server. Its store is Next's own business; what this
// product adds around it (single flight, age, last good data) is tested with the identity in its place.
vi.mock('next/cache', () => ({
  unstable_cache: <T extends (...args: never[]) => unknown>(load: T): T => load,
}));

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
