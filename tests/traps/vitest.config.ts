import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** PromQL against a real Prometheus; needs its binary, python3 and EMIT_METRICS, the script that emits a fleet. */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({
    // A test mostly waits for scrapes, so many go side by side.
    test: { ...test, include: ['tests/traps/**/*.test.ts'], exclude: [], testTimeout: 240_000, maxConcurrency: 10 },
  }),
);
