import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, listChanges, readSince, sinceNow } from '@/lib/dashboard/views/changes';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';

/** What a program that polls gets: every version once, however late it is read and however small the pages are. */

const T = Date.parse('2026-01-31T08:00:00Z');
const AT_FIRST = readSince('1970-01-01T00:00:00Z');

type Thing = { id: string; state: number; at: number };
const changeOf = ({ id, state, at }: Thing): Change => ({ at, version: `${id} ${state}` });
const nameOf = ({ id, state }: Thing) => `${id}.${state}`;

/** Asks until an answer has nothing more. */
function poll(things: Thing[], since: string, limit = 1_000): { names: string[]; since: string } {
  const names: string[] = [];
  let next = since;
  for (let page = 0; page < 1_000; page++) {
    const answer = listChanges(things, changeOf, { since: readSince(next), limit });
    names.push(...answer.items.map(nameOf));
    next = answer.next;
    if (answer.items.length < limit) return { names, since: next };
  }
  throw new Error('There is no end to the pages.');
}

describe('changes for a program that polls', () => {
  it('begin with everything, the oldest first', () => {
    const things = [
      { id: 'b', state: 1, at: T + 2 },
      { id: 'a', state: 1, at: T },
    ];
    const answer = listChanges(things, changeOf, { since: AT_FIRST, limit: 10 });
    expect(answer).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }], total: 2 });
    expect(poll(things, answer.next)).toEqual({ names: [], since: answer.next });
  });

  it('list a thing again when it changes, even twice in a second', () => {
    const first = poll([{ id: 'a', state: 1, at: T }], '1970-01-01T00:00:00Z');
    const second = poll([{ id: 'a', state: 2, at: T }], first.since);
    expect([first.names, second.names]).toEqual([['a.1'], ['a.2']]);
  });

  it('begin after what an answer without `since` shows', () => {
    const things = [{ id: 'a', state: 1, at: T }];
    const since = sinceNow(things, changeOf);
    expect(poll(things, since).names).toEqual([]);
    expect(poll([...things, { id: 'b', state: 1, at: T - MINUTE_MS }], since).names).toEqual(['b.1']);
    expect(poll([{ id: 'first', state: 1, at: T }], sinceNow([], changeOf)).names).toEqual(['first.1']);
  });

  it('lose none of many that changed at the same time, page by page', () => {
    const things = Array.from({ length: 1_500 }, (_, n) => ({ id: `a${n}`, state: 1, at: T }));
    expect(new Set(poll(things, '1970-01-01T00:00:00Z', 100).names).size).toBe(1_500);
  });

  it('keep addresses short where much changes', () => {
    const things = Array.from({ length: 5_000 }, (_, n) => ({ id: `a${n}`, state: 1, at: T + n }));
    const { names, since } = poll(things, '1970-01-01T00:00:00Z', 1_000);
    expect(names.length).toBe(5_000);
    expect(since.length).toBeLessThan(4_000);
  });

  it('are listed once each, whatever is read when', () => {
    const event = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      // Seconds since the change before, and how much later than the next ones it is read.
      pause: fc.nat(400),
      late: fc.nat(290),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (events, limit) => {
        let at = T;
        const changes = events.map(({ id, pause, late }, state) => {
          at += pause * SECOND_MS;
          return { thing: { id: `${id}${state}`, state, at }, readAt: at + late * SECOND_MS };
        });
        const polls = [...new Set(changes.map(({ readAt }) => readAt))].sort((a, b) => a - b);
        const got: string[] = [];
        let since = '1970-01-01T00:00:00Z';
        for (const now of polls) {
          const answer = poll(
            changes.filter(({ readAt }) => readAt <= now).map(({ thing }) => thing),
            since,
            limit,
          );
          got.push(...answer.names);
          since = answer.since;
        }
        expect(got.sort()).toEqual(changes.map(({ thing }) => nameOf(thing)).sort());
      }),
    );
  });
});
