import type { HeaderReader } from './visitor';

/**
 * Whether a form was sent from a page of this server. Browsers say so in a header that scripts cannot set
 * (Sec-Fetch-Site; over plain HTTP only Origin). Other clients use tokens instead of forms.
 */
export function isSameOrigin(headers: HeaderReader): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  // Other pages cannot choose these headers; a proxy in front may have changed the first.
  return [headers.get('host'), headers.get('x-forwarded-host')].includes(new URL(origin).host);
}

/** The given path if it is one of this server's pages, otherwise the first page. */
export function localPath(given: string | null): string {
  const isPath = given !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.includes('\\');
  return isPath && !given.startsWith('/sign-in') && !given.startsWith('/api/') ? given : '/';
}
