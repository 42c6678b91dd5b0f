import { headers } from 'next/headers';
import { ownPath } from '@/lib/base-path';

/** Whether the browser shows one of our pages and requests parts of one, as its headers show. */
export async function isSoft(): Promise<boolean> {
  const given = await headers();
  const page = (given.get('accept') ?? 'text/html').includes('text/html');
  return !page && given.get('sec-fetch-dest') !== 'document' && given.get('referer') !== null;
}

/**
 * Whether a page requests its own update. The browser has its large parts and refreshes them through the API, where
 * unchanged data costs no bytes. The update waits for all data instead of filling places later, so that no component is
 * mounted again and loses its state.
 *
 * @param pathname of the page
 */
export async function isRefresh(pathname: string): Promise<boolean> {
  const from = (await headers()).get('referer');
  if (from === null || !URL.canParse(from) || !(await isSoft())) return false;
  const plain = (path: string) => path.replace(/\/$/, '');
  return plain(ownPath(new URL(from).pathname)) === plain(pathname);
}
