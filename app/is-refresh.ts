import { headers } from 'next/headers';

/** Whether the browser has a page of ours already and asks for parts of one. Browsers say so in headers. */
export async function isSoft(): Promise<boolean> {
  const given = await headers();
  const page = (given.get('accept') ?? 'text/html').includes('text/html');
  return !page && given.get('sec-fetch-dest') !== 'document' && given.get('referer') !== null;
}

/**
 * Whether a page asks for its own update. It has the big parts already and brings them up to date by the API, where an
 * unchanged answer is no bytes at all. The answer waits for all that is read, without places that are filled later: a
 * page that was built whole is updated whole, so that nothing in it is made anew and loses what was chosen.
 *
 * @param pathname of the page
 */
export async function isRefresh(pathname: string): Promise<boolean> {
  const from = (await headers()).get('referer');
  if (from === null || !URL.canParse(from) || !(await isSoft())) return false;
  const plain = (path: string) => path.replace(/\/$/, '');
  return plain(new URL(from).pathname) === plain(pathname);
}
