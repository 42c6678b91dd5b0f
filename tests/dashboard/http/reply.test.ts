import { describe, expect, it } from 'vitest';
import { type Asked, replyTo } from '@/lib/dashboard/http/reply';
import type { Snapshot } from '@/lib/dashboard/http/snapshots';

const NOW = 1_000_000_000_000;

const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  etag: '"tag"',
  contentType: 'application/json',
  headers: [
    ['etag', '"tag"'],
    ['x-data-state', 'fresh'],
  ],
  body: Buffer.from('{"hosts":[]}'),
  gzipped: Buffer.from('zipped'),
  asOf: NOW - 61_900,
  isCurrent: () => true,
  remake: () => Promise.reject(new Error('not needed')),
  askedAt: NOW,
  ...more,
});

const reply = (asked: Partial<Asked> = {}, more: Partial<Snapshot> = {}) => {
  const { status, headers, body } = replyTo({ ifNoneMatch: null, acceptEncoding: null, ...asked }, snapshot(more), NOW);
  return { status, headers: Object.fromEntries(headers), body: body?.toString() ?? null };
};

describe('the reply made from a kept answer', () => {
  it('has the body, its type, and the age of its oldest reading in whole seconds', () => {
    expect(reply()).toEqual({
      status: 200,
      headers: { etag: '"tag"', 'x-data-state': 'fresh', age: '61', 'content-type': 'application/json' },
      body: '{"hosts":[]}',
    });
  });

  it('has no age without readings, and never a negative one', () => {
    expect(reply({}, { asOf: null }).headers.age).toBeUndefined();
    expect(reply({}, { asOf: NOW + 5_000 }).headers.age).toBe('0');
  });

  it.each(['"tag"', 'W/"tag"', '"other", W/"tag"', '*'])(
    'is 304 without body and type for If-None-Match: %s',
    (tag) => {
      expect(reply({ ifNoneMatch: tag, acceptEncoding: 'gzip' })).toEqual({
        status: 304,
        headers: { etag: '"tag"', 'x-data-state': 'fresh', age: '61' },
        body: null,
      });
    },
  );

  it.each([undefined, '', '"other"', 'tag', '"tag'])('is complete for If-None-Match: %s', (tag) => {
    expect(reply({ ifNoneMatch: tag }).status).toBe(200);
  });

  it.each(['gzip', 'br, gzip', 'br;q=1, gzip;q=0.5', '*'])('is compressed for Accept-Encoding: %s', (accepted) => {
    const { headers, body } = reply({ acceptEncoding: accepted });
    expect([headers['content-encoding'], body]).toEqual(['gzip', 'zipped']);
  });

  it.each([undefined, '', 'br', 'gzip;q=0', 'identity'])('is not compressed for Accept-Encoding: %s', (accepted) => {
    expect(reply({ acceptEncoding: accepted }).headers['content-encoding']).toBeUndefined();
  });

  it('is not compressed before the compressed body is ready', () => {
    expect(reply({ acceptEncoding: 'gzip' }, { gzipped: null }).body).toBe('{"hosts":[]}');
  });
});
