import type { HeaderReader } from './visitor';

/**
 * Whether a form was sent from a page of this very server. Browsers say so in a header that no script can set
 * (Sec-Fetch-Site; over plain HTTP only Origin); who is no browser has a token and needs no form.
 */
export function isSameOrigin(headers: HeaderReader): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  // A browser lets no other page choose these two; a proxy in front may have changed the first.
  return [headers.get('host'), headers.get('x-forwarded-host')].includes(new URL(origin).host);
}

/** A path of this server to go on to, or its first page where the given text is anything else. */
export function localPath(given: string | null): string {
  const isPath = given !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.includes('\\');
  return isPath && !given.startsWith('/sign-in') && !given.startsWith('/api/') ? given : '/';
}
