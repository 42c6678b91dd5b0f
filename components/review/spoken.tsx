'use client';

import { useEffect, useState } from 'react';

/** How long a value must rest before it is said. */
const REST_MS = 500;

/** Says a value to screen readers once it has changed and rests. */
export function Spoken({ text }: { text: string }) {
  const [{ first, said }, setSaid] = useState({ first: text, said: '' });
  useEffect(() => {
    if (text === first) return;
    const timer = setTimeout(() => setSaid({ first: '', said: text }), REST_MS);
    return () => clearTimeout(timer);
  }, [text, first]);
  return (
    <p role="status" className="visually-hidden">
      {said}
    </p>
  );
}
