import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Tests against the real cloud in the variables OS_* and PROMETHEUS_URL. */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({ test: { ...test, include: ['tests/live/**/*.test.ts'], exclude: [], testTimeout: 60_000 } }),
);
