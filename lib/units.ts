/** Times in milliseconds and sizes in bytes, for arithmetic; what people see is made in `format.ts`. */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Days since the epoch. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;
