import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCloseReason, readCloser, writeCloseReason } from '@/lib/domain/drain/reason';
import { MINUTE_MS } from '@/lib/units';

const AT = Date.UTC(2026, 1, 12, 22, 31);
const BACK = Date.UTC(2026, 1, 13, 5);
const given = { why: 'swap fans, OPS-412', person: 'ops', at: AT, backBy: BACK };

describe('the reason that Nova keeps with a closed host', () => {
  it('says why, who, since when and until when', () => {
    expect(writeCloseReason(given)).toBe(
      'swap fans, OPS-412 (ops, 2026-02-12 22:31 UTC, back 2026-02-13 05:00 UTC, Watcher Visio)',
    );
    expect(writeCloseReason({ ...given, backBy: null })).toBe(
      'swap fans, OPS-412 (ops, 2026-02-12 22:31 UTC, Watcher Visio)',
    );
  });

  it('is read back as it was written', () => {
    expect(readCloseReason(writeCloseReason(given))).toEqual(given);
    expect(readCloseReason(writeCloseReason({ ...given, backBy: null }))).toEqual({ ...given, backBy: null });
    const nested = { ...given, why: 'as last time (ops, 2026-01-01 00:00 UTC, Watcher Visio)' };
    expect(readCloseReason(writeCloseReason(nested))).toEqual(nested);
  });

  it('fits into Nova’s 255 characters, and keeps who and when', () => {
    const long = writeCloseReason({ ...given, why: 'x'.repeat(200), person: 'p'.repeat(90) });
    expect(long).toHaveLength(255);
    expect(readCloseReason(long)).toMatchObject({ person: 'p'.repeat(64), at: AT, backBy: BACK });
    expect(readCloseReason(long)?.why.endsWith('x…')).toBe(true);
  });

  it('survives any reason and any name', () => {
    const minutes = fc.integer({ min: 0, max: 40_000_000 }).map((at) => at * MINUTE_MS);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: 'binary' }),
        fc.string({ maxLength: 100 }),
        minutes,
        fc.option(minutes),
        (why, person, at, backBy) => {
          const text = writeCloseReason({ why, person, at, backBy });
          expect(text.length).toBeLessThanOrEqual(255);
          expect(readCloseReason(text)).toMatchObject({ at, backBy });
        },
      ),
    );
  });

  it.each([
    ['bad NIC', { by: 'other', why: 'bad NIC' }],
    ['swap fans (ops, yesterday, Watcher Visio)', { by: 'other', why: 'swap fans (ops, yesterday, Watcher Visio)' }],
    ['x (ops, 2026-13-45 22:31 UTC, Watcher Visio)', { by: 'other' }],
    ['watcher_disabled', { by: 'watcher', why: 'watcher_disabled' }],
    ['watcher_maintaining', { by: 'watcher' }],
    ['', { by: 'unknown' }],
    [null, { by: 'unknown' }],
    [writeCloseReason(given), { by: 'here', why: 'swap fans, OPS-412', person: 'ops' }],
  ])('knows whose “%s” is', (text, closer) => {
    expect(readCloser(text)).toMatchObject(closer);
  });
});
