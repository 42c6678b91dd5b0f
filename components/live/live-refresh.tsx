'use client';

import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import { useSWRConfig } from 'swr';
import { ADDRESSES, readAnswer } from './answers';
import { openTick, type Tick, type TickState } from './tick';

/** A server that says nothing must not keep the page busy for ever. */
const PATIENCE_MS = 20_000;

const isOther = (key: unknown) => typeof key === 'string' && key.startsWith('/api/') && key !== ADDRESSES.sources;

const TickContext = createContext<Tick | null>(null);

/**
 * Keeps everything below it up to date on one tick: what the server renders (`router.refresh`, which keeps scroll, focus
 * and the state of client components) and what the client has asked the API for. Waits for both, so that `busy` is true
 * until the page shows the new data.
 */
export function LiveRefresh({ seconds, children }: { seconds: number; children: ReactNode }) {
  const router = useRouter();
  const { mutate } = useSWRConfig();
  const [pending, startTransition] = useTransition();
  const settle = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (pending) return;
    settle.current?.();
    settle.current = null;
  }, [pending]);
  const work = useRef<() => Promise<unknown>>(async () => {});
  // Before the effects of what is inside, which may refresh at once.
  useLayoutEffect(() => {
    work.current = async () => {
      // First the server is looked for: where it is not reached, Next would leave the page to the browser's error.
      await mutate(ADDRESSES.sources, readAnswer(ADDRESSES.sources), { revalidate: false });
      const page = new Promise<void>((resolve) => {
        settle.current = resolve;
        setTimeout(resolve, PATIENCE_MS);
        startTransition(() => router.refresh());
      });
      // An answer that fails says so where it is shown.
      await Promise.all([page, mutate(isOther).catch(() => {})]);
    };
  }, [router, mutate]);
  const [tick] = useState(() => openTick(seconds, () => work.current()));
  useEffect(() => tick.begin(), [tick]);
  return <TickContext value={tick}>{children}</TickContext>;
}

const NEVER: TickState = { dueAt: Number.POSITIVE_INFINITY, busy: false, lost: null };
const deaf = () => () => {};

/** The tick of the page: when it is due, whether it is under way, and how to refresh at once. */
export function useTick(): TickState & { refresh: () => Promise<void> } {
  const tick = useContext(TickContext);
  const state = useSyncExternalStore(
    tick?.subscribe ?? deaf,
    () => tick?.read() ?? NEVER,
    () => NEVER,
  );
  return { ...state, refresh: tick?.refresh ?? (async () => {}) };
}
