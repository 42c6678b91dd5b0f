import 'server-only';
import { publicMessage, SOURCE_NAMES, SourceError } from '@/lib/errors';
import { NotAllowed } from '../access/visitors';
import { withDeadline } from '../process/deadline';

/** Data for a page, or the sentence that says which source has none. */
export type View<T> = { ok: true; data: T } | { ok: false; problem: ViewProblem };
export type ViewProblem = { source: string | null; message: string };

/** @throws whatever is not the failure of a source or a missing permission, which is a bug */
export async function asView<T>(read: () => Promise<T>): Promise<View<T>> {
  try {
    return { ok: true, data: await withDeadline(read) };
  } catch (error) {
    if (error instanceof NotAllowed) return { ok: false, problem: { source: null, message: error.message } };
    if (!(error instanceof SourceError)) throw error;
    return { ok: false, problem: { source: SOURCE_NAMES[error.source], message: publicMessage(error) } };
  }
}

/** The same for something that may not exist: null if it does not. */
export async function orNothing<T>(read: () => Promise<T | null>): Promise<View<T> | null> {
  const view = await asView(read);
  if (!view.ok) return view;
  return view.data === null ? null : { ok: true, data: view.data };
}
