import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** PromQL against a real Prometheus. Needs its binary, python3 and EMIT_METRICS, the script that emulates a fleet. */
const { test, ...rest } = base as { test: Record<string, unknown> };

export default mergeConfig(
  rest,
  defineConfig({
    // Tests mostly wait for scrapes, so many run at once.
    test: { ...test, include: ['tests/traps/**/*.test.ts'], exclude: [], testTimeout: 240_000, maxConcurrency: 10 },
  }),
);
