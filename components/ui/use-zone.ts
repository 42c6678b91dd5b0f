'use client';

import { useSyncExternalStore } from 'react';

const NEVER = () => () => {};

/** The browser's time zone, such as Europe/Berlin; null on the server, which does not know it. */
export const useZone = (): string | null =>
  useSyncExternalStore(
    NEVER,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
