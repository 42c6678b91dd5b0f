'use client';

import { Notice } from '@/components/ui/notice';

/** What remains where the page itself fails. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <>
      <h1 className="visually-hidden">The page failed</h1>
      <Notice tone="error" role="alert">
        The page could not be made. The server’s log has the cause.
      </Notice>
      <p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </p>
    </>
  );
}
