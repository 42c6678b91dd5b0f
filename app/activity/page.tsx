import type { Metadata } from 'next';
import { Journal } from '@/components/activity/journal';
import { viewJournal } from '@/lib/dashboard/acts/entries';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Activity' };

type Props = { searchParams: Promise<{ q?: string | string[]; after?: string | string[] }> };

const PAGE = 50;

export default async function ActivityPage({ searchParams }: Props) {
  const { q, after } = await searchParams;
  const text = typeof q === 'string' ? q : '';
  const journal = await viewJournal({ q: text, after: typeof after === 'string' ? after : undefined, limit: PAGE });
  return <Journal journal={journal} q={text} now={Date.now()} />;
}
