'use client';

import type { MouseEvent, ReactNode } from 'react';
import { useChosenAudit } from '@/components/live/selection';

/** Leads to the audits with the newest one chosen. Without JavaScript it is a plain link into the page. */
export function NewestLink({ children }: { children: ReactNode }) {
  const { chosen, choose } = useChosenAudit();
  function onClick(event: MouseEvent) {
    if (chosen === null || event.metaKey || event.ctrlKey || event.shiftKey) return;
    choose(null);
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads into the page; the choice comes on top
    <a href="#audits" onClick={onClick}>
      {children}
    </a>
  );
}
