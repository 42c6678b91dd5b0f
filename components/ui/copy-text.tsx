'use client';

import { useEffect, useState } from 'react';
import { SECOND_MS } from '@/lib/units';
import { Button } from './button';
import { saveText } from './save-file';

const SHOWN_MS = 3 * SECOND_MS;

type Props = {
  make: () => string;
  /** As what it is saved if the browser refuses to copy. */
  file: { name: string; type: string };
  /** On the button. */
  label?: string;
  look?: 'primary';
};

/** Copies a text. If the browser refuses, it is saved as a file instead. */
export function CopyText({ make, file, label = 'Copy', look }: Props) {
  const [done, setDone] = useState<'Copied' | 'Saved' | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    const text = make();
    try {
      // Missing if the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(text);
      setDone('Copied');
    } catch {
      saveText(file.name, text, file.type);
      setDone('Saved');
    }
  }
  return (
    <>
      <Button look={look} icon={done === null ? 'copy' : 'check'} onClick={copy}>
        {done ?? label}
      </Button>
      <span role="status" className="visually-hidden">
        {done ?? ''}
      </span>
    </>
  );
}
