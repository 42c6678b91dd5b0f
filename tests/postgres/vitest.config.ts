import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** The tests that need a real PostgreSQL, which they start themselves. */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({
    test: { ...test, include: ['tests/postgres/**/*.test.ts'], exclude: [], testTimeout: 180_000, hookTimeout: 60_000 },
  }),
);
