import 'server-only';
import { withinDeadline } from './deadline';

/** Something that is waited for, and given once. */
export type Signal = { given: Promise<void>; give(): void };

export function openSignal(): Signal {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

/** Waits for the work, but no longer than `ms` and never past the deadline of the current request. */
export async function within(work: Promise<void>, ms: number): Promise<void> {
  await orLate(work, withinDeadline(ms), () => undefined);
}

/**
 * The value, or null if it takes longer than `ms`. For parts of a page that are better left out than waited for, and
 * that would move the page if they came later.
 */
export const withinOrNull = <T>(work: Promise<T>, ms: number): Promise<T | null> => orLate(work, ms, () => null);

/** @throws the given error if the work takes longer than `ms` */
export const withinOrThrow = <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> =>
  orLate(work, ms, () => {
    throw late();
  });

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * The one timer: what the work gives, or what `late` gives or throws after `ms`. A late rejection of the work is
 * ignored.
 */
async function orLate<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    return await Promise.race([work, timeUp.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
