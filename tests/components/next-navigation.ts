import { useSyncExternalStore } from 'react';

/**
 * The part of `next/navigation` that follows the browser's history, for components without a running Next: what is written
 * by pushState and replaceState is what the next render reads.
 */
const listeners = new Set<() => void>();

for (const name of ['pushState', 'replaceState'] as const) {
  const original = window.history[name].bind(window.history);
  window.history[name] = (...args: Parameters<History['pushState']>) => {
    original(...args);
    for (const listener of listeners) listener();
  };
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSearchParams = (): URLSearchParams =>
  new URLSearchParams(useSyncExternalStore(subscribe, () => window.location.search));

export const usePathname = (): string => window.location.pathname;

const router = { refresh() {}, push() {} };
export const useRouter = () => router;
