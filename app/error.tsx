'use client';

import { Notice } from '@/components/ui/notice';

/** What remains where the page itself fails. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <>
      <Notice tone="error">The page could not be made. The server’s log has the cause.</Notice>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </>
  );
}
