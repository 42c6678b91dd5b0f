import { describe, expect, it } from 'vitest';
import { countAllMoves, countMoves, NO_MOVES } from '@/lib/domain/cluster/vm-moves';
import type { ServerMigration } from '@/lib/openstack/records';

const NOW = Date.UTC(2026, 2, 1, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A move that ended so many hours ago. */
const went = (from: string, to: string, hoursAgo: number, more: Partial<ServerMigration> = {}): ServerMigration => ({
  id: `${from}-${to}-${hoursAgo}`,
  serverId: 'vm',
  type: 'live-migration',
  status: 'completed',
  source: from,
  destination: to,
  userId: null,
  startedAt: NOW - hoursAgo * HOUR - 60_000,
  updatedAt: NOW - hoursAgo * HOUR,
  ...more,
});

describe('the moves of a VM', () => {
  it('are counted for 7 days and for 24 hours, with the hosts that it left', () => {
    const moves = countMoves([went('c', 'd', 2), went('b', 'c', 30), went('a', 'b', 7 * 24 + 1)], NOW);
    expect(moves).toEqual({
      in_7_days: 2,
      in_24_hours: 1,
      returns: 0,
      last_at: NOW - 2 * HOUR,
      left: [{ host: 'c', at: NOW - 2 * HOUR }],
      pair: null,
      too_often: null,
    });
  });

  it('are too many from 4 in 7 days on', () => {
    const three = [went('a', 'b', 130), went('b', 'c', 90), went('c', 'd', 50)];
    expect(countMoves(three, NOW).too_often).toBeNull();
    expect(countMoves([...three, went('d', 'e', 10)], NOW).too_often).toBe('It moves too often: 4 times in 7 days.');
  });

  it('are too many from 2 returns on to a host left within a day, and the pair is named', () => {
    const there = went('a', 'b', 10);
    const back = went('b', 'a', 8);
    expect(countMoves([back, there], NOW)).toMatchObject({ returns: 1, pair: ['b', 'a'], too_often: null });
    const again = countMoves([went('a', 'b', 6), back, there], NOW);
    expect(again).toMatchObject({ in_7_days: 3, returns: 2, pair: ['a', 'b'] });
    expect(again.too_often).toBe(
      'It moves too often: 3 times in 7 days, 2 of them back to a host that it had left within a day (a and b).',
    );
    // It is on b now, so only a is a host that it left.
    expect(again.left).toEqual([{ host: 'a', at: NOW - 6 * HOUR }]);
  });

  it('are no returns a day later', () => {
    expect(countMoves([went('a', 'b', 40), went('b', 'a', 16)], NOW).returns).toBe(0);
    expect(countMoves([went('a', 'b', 40), went('b', 'a', 17)], NOW).returns).toBe(1);
  });

  it.each([
    ['one that failed', went('a', 'b', 1, { status: 'error' })],
    ['one that runs', went('a', 'b', 1, { status: 'running' })],
    ['a resize on the same host', went('a', 'a', 1, { type: 'resize', status: 'confirmed' })],
    ['one without a destination', went('a', 'b', 1, { destination: null })],
  ])('do not include %s', (_, migration) => {
    expect(countMoves([migration], NOW)).toEqual(NO_MOVES);
  });
});

describe('the record of moves', () => {
  const covered = { from: NOW - 8 * DAY, until: NOW };

  it('is counted for each VM up to its end', () => {
    const { history, byVm } = countAllMoves({ migrations: [went('a', 'b', 1)], covered, reason: null });
    expect(history).toEqual({ as_of: NOW, since: NOW - 7 * DAY, reason: null });
    expect([...byVm.keys()]).toEqual(['vm']);
  });

  it('is unknown with a reason, and nobody counts as one who never moved', () => {
    const { history } = countAllMoves({ migrations: [], covered: null, reason: 'Nova denied access.' });
    expect(history).toEqual({ as_of: null, since: null, reason: 'Nova denied access.' });
  });

  it('is complete although Nova’s clock is a little behind ours', () => {
    const begun = { from: NOW + 114 - 7 * DAY, until: NOW };
    expect(countAllMoves({ migrations: [], covered: begun, reason: null }).history.reason).toBeNull();
  });

  it('says since when it is known where there are too many moves', () => {
    const short = { from: NOW - 3 * DAY, until: NOW };
    const { history } = countAllMoves({ migrations: [], covered: short, reason: null });
    expect(history).toMatchObject({ since: NOW - 3 * DAY });
    expect(history.reason).toBe('Moves are known only since 2026-02-26 12:00 UTC: there are too many to read.');
  });
});
