'use client';

import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import { useSWRConfig } from 'swr';
import { openTick, type Tick, type TickState } from './tick';

/** A server that says nothing must not keep the page busy for ever. */
const PATIENCE_MS = 20_000;

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
  useEffect(() => {
    work.current = () => {
      const page = new Promise<void>((resolve) => {
        settle.current = resolve;
        setTimeout(resolve, PATIENCE_MS);
        startTransition(() => router.refresh());
      });
      return Promise.all([page, mutate((key) => typeof key === 'string' && key.startsWith('/api/'))]);
    };
  }, [router, mutate]);
  const [tick] = useState(() => openTick(seconds, () => work.current()));
  useEffect(() => tick.begin(), [tick]);
  return <TickContext value={tick}>{children}</TickContext>;
}

const NEVER: TickState = { dueAt: Number.POSITIVE_INFINITY, busy: false };
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
