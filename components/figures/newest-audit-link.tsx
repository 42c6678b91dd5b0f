'use client';

import type { MouseEvent, ReactNode } from 'react';
import { useChosenAudit } from '../live/selection';

/** Leads to the audits and selects the newest. Without JavaScript it is a plain link within the page. */
export function NewestAuditLink({ children }: { children: ReactNode }) {
  const { chosen, choose } = useChosenAudit();
  function onClick(event: MouseEvent) {
    if (chosen === null || event.metaKey || event.ctrlKey || event.shiftKey) return;
    choose(null);
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads within the page; selecting comes on top
    <a href="#audits" onClick={onClick}>
      {children}
    </a>
  );
}
