import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/**
 * Tests of a built server from outside: over HTTP, by its log and by its exit code. They import nothing of the product, so
 * they also run against the build of another commit, in the folder named by BLACK_BOX_BUILD.
 */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({
    test: {
      ...test,
      include: ['tests/black-box/**/*.test.ts'],
      exclude: [],
      setupFiles: [],
      globalSetup: 'tests/black-box/support/global-setup.ts',
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }),
);
