import { headers } from 'next/headers';

/**
 * Whether a page asks for its own update: it has the big parts already and brings them up to date by the API, where an
 * unchanged answer is no bytes at all. Browsers say so in headers; who doesn't gets everything.
 *
 * @param pathname of the page
 */
export async function isRefresh(pathname: string): Promise<boolean> {
  const given = await headers();
  if ((given.get('accept') ?? 'text/html').includes('text/html')) return false;
  const from = given.get('referer');
  if (from === null || !URL.canParse(from)) return false;
  return new URL(from).pathname === pathname && given.get('sec-fetch-dest') !== 'document';
}
