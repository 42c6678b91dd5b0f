'use client';

import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Takes the place of a page that fails. */
export default function PageError({ error, reset }: Props) {
  return (
    <EmptyState
      icon="error"
      heading="h1"
      title="This page could not be shown"
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
      The server log has details{error.digest ? ` (id ${error.digest})` : ''}.
    </EmptyState>
  );
}
