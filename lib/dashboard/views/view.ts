import 'server-only';
import { showBidiIn } from '@/lib/bidi';
import { isFirstReading, publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { NotAllowed } from '../access/visitors';
import { withDeadline } from '../process/deadline';

/** Data for a page, or the sentence that says which source has none. */
export type View<T> = { ok: true; data: T } | { ok: false; problem: ViewProblem };
/** `isReading`: nothing has failed; it is the very first reading that is not complete. */
export type ViewProblem = { source: string | null; message: string; isReading: boolean };

/** @throws whatever is not the failure of a source or a missing permission, which is a bug */
export const asView = <T>(read: () => Promise<T>): Promise<View<T>> =>
  asShownView(async () => showBidiIn(await read()));

/** The same for what may be shown as it is, as `keepView` gives it. */
export async function asShownView<T>(read: () => Promise<T>): Promise<View<T>> {
  try {
    return { ok: true, data: await withDeadline(read) };
  } catch (error) {
    if (error instanceof NotAllowed)
      return { ok: false, problem: { source: null, message: error.message, isReading: false } };
    if (!(error instanceof SourceError)) throw error;
    const problem = { source: SOURCE_NAMES[error.source], message: publicMessage(error) };
    return { ok: false, problem: { ...problem, isReading: isFirstReading(error) } };
  }
}

/** The same for something that may not exist: null if it does not. */
export async function orNothing<T>(read: () => Promise<T | null>): Promise<View<T> | null> {
  const view = await asView(read);
  if (!view.ok) return view;
  return view.data === null ? null : { ok: true, data: view.data };
}
