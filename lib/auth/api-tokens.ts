import { createHash, timingSafeEqual } from 'node:crypto';
import type { HeaderReader } from './visitor';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Returns the position of the matching token, from 1, or 0. Compares with all of them in constant time. */
export function openApiTokens(tokens: string[]): (given: string) => number {
  const configured = tokens.map(digest);
  return (given) => {
    const got = digest(given);
    return configured.reduce((found, token, at) => (timingSafeEqual(token, got) ? at + 1 : found), 0);
  };
}

/** The token in `Authorization: Bearer`, or in `X-Auth-Token` as OpenStack's tools send it. */
export function bearerOf(headers: HeaderReader): string | null {
  const [, bearer] = /^bearer +([\x21-\x7e]+) *$/i.exec(headers.get('authorization') ?? '') ?? [];
  return bearer ?? (headers.get('x-auth-token')?.trim() || null);
}
