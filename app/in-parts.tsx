import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';

/** @param whole the address of the same page in one piece */
export function InParts({ whole }: { whole: string }) {
  return (
    <noscript>
      <Notice tone="warn">
        This page loads in parts, which needs JavaScript. <Link href={whole}>Show it all at once</Link>
      </Notice>
    </noscript>
  );
}
