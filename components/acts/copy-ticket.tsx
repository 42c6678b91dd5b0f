'use client';

import { useEffect, useState } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import { SECOND_MS } from '@/lib/units';
import { Button } from '../ui/button';
import { saveText } from '../ui/save-file';
import { ticketOf } from './ticket';

/** How long the confirmation is shown. */
const SHOWN_MS = 3 * SECOND_MS;

/** Copies what came of a run as Markdown. If the browser refuses, it is saved as a file instead. */
export function CopyTicket({ run }: { run: Run }) {
  const [done, setDone] = useState<'copied' | 'saved' | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    const text = ticketOf(run, window.location.href);
    try {
      // Missing if the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(text);
      setDone('copied');
    } catch {
      saveText(`run-${run.plan.id}.md`, text, 'text/markdown');
      setDone('saved');
    }
  }
  const words = { copied: 'Copied', saved: 'Saved' };
  return (
    <>
      <Button icon={done === null ? 'copy' : 'check'} onClick={copy}>
        {done === null ? 'Copy for a ticket' : words[done]}
      </Button>
      <span role="status" className="visually-hidden">
        {done === null ? '' : words[done]}
      </span>
    </>
  );
}
