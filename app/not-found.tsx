import Link from 'next/link';
import { Notice } from '@/components/ui/notice';

export default function NotFound() {
  return (
    <>
      <h1 className="visually-hidden">Not found</h1>
      <Notice tone="plain">There is no such page.</Notice>
      <p>
        <Link href="/">Go to the overview</Link>
      </p>
    </>
  );
}
