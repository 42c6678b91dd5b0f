'use client';

import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

type Props = { error: Error & { digest?: string }; reset: () => void };

/** What remains where the page itself fails. */
export default function PageError({ error, reset }: Props) {
  return (
    <EmptyState
      icon="error"
      heading="h1"
      title="This page failed"
      role="alert"
      actions={
        <>
          <Button icon="refresh" onClick={reset}>
            Try again
          </Button>
          <ButtonLink href="/">Overview</ButtonLink>
        </>
      }
    >
      The page could not be made. The server’s log has the cause
      {error.digest ? `, under ${error.digest}` : ''}.
    </EmptyState>
  );
}
