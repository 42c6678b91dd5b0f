/**
 * A query parameter that every address on a page keeps, so that no link, form or request leads elsewhere by accident. It is that
 * of the document, from its first load on.
 */
export type Kept = { name: string; value: string };

/** Slashes stay legible; servers read them either way. */
const written = ({ name, value }: Kept): string => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`;

/** The address with the parameter; addresses of other servers, and those that have it already, stay as they are. */
export function keepIn(address: string, kept: Kept | null): string {
  if (kept === null || !/^\/(?!\/)|^\?/.test(address)) return address;
  const [path = '', hash] = address.split('#', 2);
  const at = path.indexOf('?');
  if (at !== -1 && new URLSearchParams(path.slice(at)).has(kept.name)) return address;
  const joint = at === -1 ? '?' : path.endsWith('?') ? '' : '&';
  return `${path}${joint}${written(kept)}${hash === undefined ? '' : `#${hash}`}`;
}

/** Attributes by which the document says what it keeps, for requests. */
export const keptAttributes = (kept: Kept | null) => ({ 'data-keeps': kept?.name, 'data-kept': kept?.value });

/** What this document keeps; in the browser only. */
export function keptHere(): Kept | null {
  const { keeps: name, kept: value } = document.documentElement.dataset;
  return name === undefined || value === undefined ? null : { name, value };
}
