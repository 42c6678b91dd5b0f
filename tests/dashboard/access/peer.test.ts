import { describe, expect, it } from 'vitest';
import { readPeer, sealPeer } from '@/lib/dashboard/access/peer';

describe('the address that a request came from', () => {
  it('is the one that the request hook sealed', () => {
    expect(readPeer(sealPeer('192.0.2.7'))).toBe('192.0.2.7');
    expect(readPeer(sealPeer('::ffff:192.0.2.7'))).toBe('192.0.2.7');
    expect(readPeer(sealPeer('2001:db8::7'))).toBe('2001:db8::7');
  });

  it('cannot be forged by a client', () => {
    for (const forged of [null, '', '192.0.2.7', ' 192.0.2.7', `${'A'.repeat(32)} 192.0.2.7`]) {
      expect(readPeer(forged)).toBeNull();
    }
    expect(readPeer(sealPeer(''))).toBeNull();
  });
});
