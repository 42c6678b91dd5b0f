import { describe, expect, it } from 'vitest';
import { moveState, remarkOf } from '@/components/moves/words';
import type { Happened } from '@/lib/contract/v1/happened';

const said = (more: Partial<Happened>): Happened => ({
  result: 'moved',
  evidence: 'migration',
  started_at: null,
  ended_at: null,
  destination: 'b',
  migration_id: null,
  differs: true,
  text: 'Watcher says ONGOING; Nova finished it at 2026-11-22 14:33 UTC.',
  ...more,
});
const move = (state: string, happened: Happened | null, message: string | null = null) => ({
  state,
  happened,
  status_message: message,
});

describe('the state of a move', () => {
  it('is Watcher’s, if Nova says the same or nothing', () => {
    expect(moveState(move('ONGOING', null))).toBe('Running');
    expect(moveState(move('SUCCEEDED', said({ differs: false })))).toBe('Done');
    expect(remarkOf(move('SUCCEEDED', said({ differs: false })))).toBeNull();
  });

  it('is Nova’s, if it contradicts Watcher, and both are shown', () => {
    expect(moveState(move('ONGOING', said({})))).toBe('Done');
    expect(moveState(move('FAILED', said({ result: 'running' })))).toBe('Running');
    expect(remarkOf(move('ONGOING', said({}), 'Timed out.'))).toBe(
      'Watcher says ONGOING; Nova finished it at 2026-11-22 14:33 UTC. Timed out.',
    );
  });

  it('says that nothing is known', () => {
    const unknown = said({ result: 'unknown', differs: false, text: 'Watcher says FAILED; what Nova did is unknown.' });
    expect(moveState(move('FAILED', unknown))).toBe('Failed');
    expect(remarkOf(move('FAILED', unknown))).toBe('Watcher says FAILED; what Nova did is unknown.');
  });
});
