import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <EmptyState
      icon="search"
      heading="h1"
      title="There is no such page"
      actions={
        <>
          <ButtonLink href="/">Overview</ButtonLink>
          <ButtonLink href="/hosts">Hosts</ButtonLink>
        </>
      }
    >
      The address may be misspelt, or what it led to is gone.
    </EmptyState>
  );
}
