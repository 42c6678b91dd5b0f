import type { Metadata } from 'next';
import { ApiPage } from '@/components/api-docs/api-page';

export const metadata: Metadata = { title: 'API' };

export default function DocsOfApi() {
  return <ApiPage />;
}
