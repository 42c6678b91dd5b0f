import { HOUR_MS } from '../units';

/** The services' default page limit. */
const LARGEST = 1000;
/** A slow service is not asked for smaller pages than this: then it is the service that is slow, not the page. */
const SMALLEST_IN_TIME = 125;
/** How long a page that did not arrive in time counts: the service may only have been busy. */
const SLOW_MS = HOUR_MS;

/** Remembers how many rows of each list fit into one response. */
export type PageSizes = {
  /** Rows to ask for. */
  of(list: string): number;
  /** A page was over the size limit. Returns whether a smaller one can be asked for. */
  noteTooLarge(list: string, rows: number): boolean;
  /** A page did not arrive in time: the next one is smaller, for a while. */
  noteTooSlow(list: string, rows: number): void;
};

export function openPageSizes(clock: () => number): PageSizes {
  const fitting = new Map<string, number>();
  const inTime = new Map<string, { rows: number; until: number }>();
  return {
    of(list) {
      const slow = inTime.get(list);
      const limit = slow && clock() < slow.until ? slow.rows : LARGEST;
      return Math.min(fitting.get(list) ?? LARGEST, limit);
    },
    noteTooLarge(list, rows) {
      if (rows <= 1) return false;
      fitting.set(list, Math.floor(rows / 2));
      return true;
    },
    noteTooSlow(list, rows) {
      if (rows > SMALLEST_IN_TIME)
        inTime.set(list, { rows: Math.max(SMALLEST_IN_TIME, Math.floor(rows / 2)), until: clock() + SLOW_MS });
    },
  };
}
