import { describe, expect, it } from 'vitest';
import { chooseCoding } from '@/lib/dashboard/http/codings';
import { type Asked, replyTo } from '@/lib/dashboard/http/reply';
import type { Snapshot } from '@/lib/dashboard/http/snapshots';

const NOW = 1_000_000_000_000;

const BODY = Buffer.from('{"hosts":[]}');
const ZIPPED = Buffer.from('zipped');

const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  etag: '"tag"',
  contentType: 'application/json',
  headers: [['x-data-state', 'fresh']],
  body: BODY,
  encoded: new Map(),
  encoding: new Map(),
  asOf: NOW - 61_900,
  isCurrent: () => true,
  remake: () => Promise.reject(new Error('not needed')),
  askedAt: NOW,
  ...more,
});

const reply = (asked: Partial<Asked> = {}, more: Partial<Snapshot> = {}) => {
  const given: Asked = { ifNoneMatch: null, coding: 'identity', body: BODY, ...asked };
  const { status, headers, body } = replyTo(given, snapshot(more), NOW);
  return { status, headers: Object.fromEntries(headers), body: body?.toString() ?? null };
};

describe('the reply made from a kept answer', () => {
  it('has the body, its type and length, and the age of its oldest reading in whole seconds', () => {
    expect(reply()).toEqual({
      status: 200,
      headers: {
        etag: '"tag"',
        'x-data-state': 'fresh',
        age: '61',
        'content-type': 'application/json',
        'content-length': '12',
      },
      body: '{"hosts":[]}',
    });
  });

  it('has no age without readings, and never a negative one', () => {
    expect(reply({}, { asOf: null }).headers.age).toBeUndefined();
    expect(reply({}, { asOf: NOW + 5_000 }).headers.age).toBe('0');
  });

  it('has another ETag for each coding', () => {
    const tags = (['identity', 'gzip', 'br'] as const).map((coding) => {
      const { headers, body } = reply({ coding, body: coding === 'identity' ? BODY : ZIPPED });
      expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
      expect(headers['content-length']).toBe(String(body?.length));
      return headers.etag;
    });
    expect(tags).toEqual(['"tag"', '"tag-gzip"', '"tag-br"']);
  });

  it.each(['"tag"', '"tag-gzip"', '"tag-br"', 'W/"tag"', 'W/"tag-br"', '"other", W/"tag"', '*'])(
    'is 304 without body and type for If-None-Match: %s, whatever the coding',
    (tag) => {
      for (const coding of ['identity', 'br'] as const) {
        expect(reply({ ifNoneMatch: tag, coding })).toEqual({
          status: 304,
          headers: { etag: coding === 'br' ? '"tag-br"' : '"tag"', 'x-data-state': 'fresh', age: '61' },
          body: null,
        });
      }
    },
  );

  it.each([undefined, '', '"other"', 'tag', '"tag-deflate"', '"other-gzip"'])(
    'is complete for If-None-Match: %s',
    (tag) => {
      expect(reply({ ifNoneMatch: tag }).status).toBe(200);
    },
  );
});

describe('the coding of an answer', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=1, gzip;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['GZIP ; Q=0.3', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['identity;q=0.5, gzip;q=0.4', 'identity'],
    ['identity, gzip', 'gzip'],
    ['deflate', 'identity'],
    ['zstd', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip;q=nonsense', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
    [null, 'identity'],
    [', ,', 'identity'],
    ['identity;q=0', null],
    ['*;q=0', null],
    ['deflate, identity;q=0', null],
    ['identity;q=0, gzip', 'gzip'],
    ['*;q=0, br', 'br'],
  ])('is for Accept-Encoding: %s %s', (accepted, coding) => {
    expect(chooseCoding(accepted, 5_000)).toBe(coding);
  });

  it('is none for small answers, unless the client refuses plain text', () => {
    expect(chooseCoding('gzip, br', 1_000)).toBe('identity');
    expect(chooseCoding('gzip, identity;q=0', 1_000)).toBe('gzip');
  });
});
