import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config';

/** npm run test:faults: every fault of every service, and many pairs of them; FAULT_PAIRS=all for all pairs. */
const config = mergeConfig(common, {});
config.test = { ...common.test, include: ['tests/faults/*.test.ts'], exclude: ['node_modules/**'] };

export default config;
