/** How many pairs; or `all`; or `2/4` for the second of four parts of all. */
const WANTED = process.env.FAULT_PAIRS ?? '60';
const [part = 1, parts = 1] = /^\d+\/\d+$/.test(WANTED) ? WANTED.split('/').map(Number) : [];
export const hasAllPairs = WANTED === 'all' || parts > 1;

/** Evenly spread over all pairs, so that each service and kind is among them; a prime step reaches all of them. */
export const choosePairs = <T>(pairs: T[]): T[] =>
  hasAllPairs
    ? pairs.filter((_, at) => at % parts === part - 1)
    : Array.from({ length: Number(WANTED) }, (_, n) => pairs[(n * 2_003) % pairs.length]).filter(
        (pair) => pair !== undefined,
      );

/** The same of cases that take some seconds each. */
export const chooseSingles = <T>(cases: T[]): T[] =>
  hasAllPairs ? choosePairs(cases) : choosePairs(cases).slice(0, LONG_CASES);

const LONG_CASES = 40;
