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

/** Waits for the work or the time, whichever comes first; never longer than the request under way may take. */
export async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinDeadline(ms));
  });
  // Once nobody waits any more, a late rejection must not end the process; the next reader tries again.
  work.catch(() => {});
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
