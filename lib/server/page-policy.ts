import { randomBytes } from 'node:crypto';

/** Of one answer; nobody can guess it. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/**
 * The content security policy of a page: everything from this origin, scripts only with the nonce of this answer or
 * loaded by those that have it, no inline styles, frames or plugins.
 *
 * @param development the tools of `next dev` evaluate code, use inline styles and a WebSocket
 */
export function pagePolicy(nonce: string, { development }: { development: boolean }): string {
  const rules = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...(development ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
