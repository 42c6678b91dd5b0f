import { createHash, timingSafeEqual } from 'node:crypto';
import type { HeaderReader } from './visitor';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares with every configured token, in a time that tells nothing of them. The position of the one that fits, from 1; 0: none. */
export function openApiTokens(tokens: string[]): (given: string) => number {
  const wanted = tokens.map(digest);
  return (given) => {
    const got = digest(given);
    return wanted.reduce((found, token, at) => (timingSafeEqual(token, got) ? at + 1 : found), 0);
  };
}

/** The token of `Authorization: Bearer`, or of `X-Auth-Token` as OpenStack's tools send it. */
export function bearerOf(headers: HeaderReader): string | null {
  const [, bearer] = /^bearer +([\x21-\x7e]+) *$/i.exec(headers.get('authorization') ?? '') ?? [];
  return bearer ?? (headers.get('x-auth-token')?.trim() || null);
}
