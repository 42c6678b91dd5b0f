import 'server-only';
import type { Store } from '@/lib/store/store';
import { EXTEND_MS } from '@/lib/store/turns';

/** Does some work with a turn that was taken: keeps it for as long as the work takes, and gives it back. */
export async function holding<T>(
  { turns }: Store,
  { turn, actId }: { turn: string; actId: string },
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => void turns.extend(turn, actId).catch(() => {}), EXTEND_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await turns.release(turn, actId).catch(() => {});
  }
}
