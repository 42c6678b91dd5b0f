'use client';

import { useEffect, useState } from 'react';
import { SECOND_MS } from '@/lib/units';
import { Button } from './button';
import { saveText } from './save-file';

const SHOWN_MS = 3 * SECOND_MS;

/** Copies a text. If the browser refuses, it is saved as a file instead. */
export function CopyText({ text }: { text: string }) {
  const [done, setDone] = useState<'Copied' | 'Saved' | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    try {
      // Missing if the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(text);
      setDone('Copied');
    } catch {
      saveText('commands.sh', text, 'text/x-shellscript');
      setDone('Saved');
    }
  }
  return (
    <>
      <Button look="primary" icon={done === null ? 'copy' : 'check'} onClick={copy}>
        {done ?? 'Copy'}
      </Button>
      <span role="status" className="visually-hidden">
        {done ?? ''}
      </span>
    </>
  );
}
