/**
 * Files that break a rule and are being mended, by the name of the rule. Whoever mends one takes its line out; nothing is
 * added.
 */
export const NOT_YET: Record<string, string[]> = {
  'functions take at most three positional parameters': [
    // engine
    'lib/domain/projection/delivered.ts',
    'tests/domain/build.ts',
    'tests/domain/projection/delivered.test.ts',
    // rules
    'lib/prometheus/queries.ts',
  ],
  'file names are unique within a room': [
    // engine
    'lib/domain/plans/plan.ts',
  ],
};
