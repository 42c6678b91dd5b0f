'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button';

/** How long the answer stands. */
const SHOWN_MS = 3000;

/** Copies the address with all that is chosen in it; where the browser does not let it, shows it to be copied by hand. */
export function CopyLink() {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy() {
    const address = window.location.href;
    try {
      // Absent where the page is not served over HTTPS.
      if (!navigator.clipboard) throw new Error('no clipboard');
      await navigator.clipboard.writeText(address);
      setSaid('Link copied');
    } catch {
      window.prompt('Copy this link', address);
    }
  }
  return (
    <>
      <Button icon={said === '' ? 'link' : 'check'} onClick={copy}>
        {said === '' ? 'Copy link' : said}
      </Button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
