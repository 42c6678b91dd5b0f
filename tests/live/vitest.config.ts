import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** The tests that need a real cloud: that of OS_* and PROMETHEUS_URL in the environment. */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({ test: { ...test, include: ['tests/live/**/*.test.ts'], exclude: [], testTimeout: 60_000 } }),
);
