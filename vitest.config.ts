import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      '@': root,
      'server-only': path.join(root, 'node_modules/server-only/empty.js'),
    },
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: [
      'tests/live/**',
      'tests/traps/**',
      'tests/redis/**',
      'tests/postgres/**',
      'tests/black-box/**',
      'tests/e2e/**',
      'tests/faults/**',
      'tests/clients/**',
      '**/node_modules/**',
    ],
    environment: 'node',
    // Waiting is no failure: the machine may be shared with builds and browsers.
    testTimeout: 30_000,
    // Many tests wait for servers: with one worker less than processors, which is the default, some would be idle.
    maxWorkers: availableParallelism(),
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
  },
});
