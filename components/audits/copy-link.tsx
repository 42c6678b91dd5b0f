'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button';

/** How long the confirmation is shown. */
const SHOWN_MS = 3000;

/** Copies the address of the page as it is shown. If the browser refuses, a prompt shows the address instead. */
export function CopyLink() {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  async function copy() {
    const address = window.location.href;
    try {
      // Missing if the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(address);
      setDone(true);
    } catch {
      window.prompt('Copy this link', address);
    }
  }
  return (
    <>
      <Button icon={done ? 'check' : 'link'} onClick={copy}>
        {done ? 'Link copied' : 'Copy link'}
      </Button>
      <span role="status" className="visually-hidden">
        {done ? 'Link copied' : ''}
      </span>
    </>
  );
}
