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
import { ADDRESSES, readAfterRetry, readAnswer } from './answers';
import { openTick, type Tick, type TickState } from './tick';

/** A server that never answers must not keep the page busy for ever. */
const PATIENCE_MS = 20_000;

const isOther = (key: unknown) => typeof key === 'string' && key.startsWith('/api/') && key !== ADDRESSES.sources;

const TickContext = createContext<Tick | null>(null);

/**
 * Refreshes everything below it on one tick: what the server renders (`router.refresh`, which keeps scroll position,
 * focus and client state) and what components have read from the API. `busy` stays true until the page shows both.
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
  const work = useRef<(isRetry: boolean) => Promise<unknown>>(async () => {});
  // Before the effects of children, which may refresh immediately.
  useLayoutEffect(() => {
    work.current = async (isRetry) => {
      // Check first that the server answers: if not, Next would navigate to the browser's error page.
      const read = isRetry ? readAfterRetry : readAnswer;
      await mutate(ADDRESSES.sources, read(ADDRESSES.sources), { revalidate: false });
      const page = new Promise<void>((resolve) => {
        settle.current = resolve;
        setTimeout(resolve, PATIENCE_MS);
        startTransition(() => router.refresh());
      });
      // Whatever shows an answer also shows that it failed.
      await Promise.all([page, mutate(isOther).catch(() => {})]);
    };
  }, [router, mutate]);
  const [tick] = useState(() => openTick(seconds, (isRetry) => work.current(isRetry)));
  useEffect(() => tick.begin(), [tick]);
  return <TickContext value={tick}>{children}</TickContext>;
}

const NEVER: TickState = { dueAt: Number.POSITIVE_INFINITY, busy: false, lost: null };
const doNothing = async () => {};
const subscribeToNothing = () => () => {};

/** When the next refresh of the page is due, whether one is running, and how to start one now. */
export function useTick(): TickState & Pick<Tick, 'refresh' | 'retry'> {
  const tick = useContext(TickContext);
  const state = useSyncExternalStore(
    tick?.subscribe ?? subscribeToNothing,
    () => tick?.read() ?? NEVER,
    () => NEVER,
  );
  return { ...state, refresh: tick?.refresh ?? doNothing, retry: tick?.retry ?? doNothing };
}
