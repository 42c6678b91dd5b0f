import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <EmptyState
      icon="search"
      heading="h1"
      title="Page not found"
      actions={
        <>
          <ButtonLink href="/">Overview</ButtonLink>
          <ButtonLink href="/hosts">Hosts</ButtonLink>
        </>
      }
    >
      The address may be wrong, or the item no longer exists.
    </EmptyState>
  );
}
