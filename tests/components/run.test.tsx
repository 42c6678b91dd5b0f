// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunEvents } from '@/components/acts/run-events';
import { RunView } from '@/components/acts/run-view';
import { ticketOf } from '@/components/acts/ticket';
import type { Run, RunEvent } from '@/lib/contract/v1/run';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { doneMove, run, runMove, waitingMove } from './run-samples';
import { NOW } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const show = (given: Run, slots?: Parameters<typeof RunView>[0]['slots']) =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <RunView initial={given} rendered={NOW} slots={slots} />
    </SWRConfig>,
  );

const rows = () =>
  within(screen.getByRole('table', { name: 'How each move stands' }))
    .getAllByRole('row')
    .slice(1);
const texts = () => rows().map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');

describe('the page of a run', () => {
  it('has how it goes as its heading, Watcher’s own word beside it, and the time left', () => {
    show(run());
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('1 of 3 moved');
    expect(screen.getByText('ONGOING')).toBeInTheDocument();
    expect(screen.getByRole('banner')).toHaveTextContent('About 5 min left.');
    expect(document.title).toBe('(1 of 3) stabilize-production · Watcher Visio');
  });

  it('shows what is copied as real progress, in numbers and words', () => {
    show(run());
    const bar = screen.getByRole('progressbar', { name: 'Memory of web-1 copied' });
    expect(bar).toHaveAttribute('aria-valuenow', '75');
    expect(bar).toHaveAttribute('aria-valuetext', '6.0 of 8.0\u202fGiB');
    expect(texts()[1]).toMatch(/web-1.*Copying.*20 s/);
  });

  it('groups moves by wave: what runs, what waits, what has ended', () => {
    const moves = [
      runMove('web-1', { wave: 2 }),
      waitingMove('web-3', { wave: 3 }),
      waitingMove('web-4', { wave: 4 }),
      doneMove('web-2', { wave: 1 }),
    ];
    show(run({ moves }));
    const titles = texts().filter((text) => text.startsWith('Wave'));
    expect(titles).toEqual([
      expect.stringMatching(/^Wave 2 1 move, since /),
      'Waves 3 to 4 2 moves, not started',
      'Wave 1 1 move, ended',
    ]);
  });

  it('shows those that run or are in trouble in full, and folds the rest of 168 moves with their number', async () => {
    const moves = [
      runMove('stuck', { word: 'not-converging', title: 'Not converging', group: 'person', text: 'Nothing gained.' }),
      ...Array.from({ length: 7 }, (_, i) => runMove(`runs-${i}`)),
      ...Array.from({ length: 100 }, (_, i) => waitingMove(`waits-${i}`, { wave: 1 })),
      ...Array.from({ length: 60 }, (_, i) => doneMove(`done-${i}`)),
    ];
    show(run({ moves }));
    expect(rows()).toHaveLength(8 + 3 + 1 + 3 + 1);
    expect(texts()[0]).toMatch(/stuck.*Not converging.*Nothing gained\./);
    const more = screen.getByRole('button', { name: '97 more waiting' });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(rows()).toHaveLength(8 + 100 + 1 + 3 + 1);
    expect(screen.getByRole('button', { name: '57 more ended' })).toBeInTheDocument();
  });

  it('says that a service does not answer, and from when its word is', () => {
    show(
      run({
        nova: {
          as_of: NOW - MINUTE_MS,
          error: { message: 'Nova refused the connection.', since: NOW - 30 * SECOND_MS },
        },
        moves: [
          runMove('web-1', { word: 'unknown', title: 'Not known', group: 'person', text: 'The last word: copying.' }),
        ],
      }),
    );
    expect(screen.getByText(/What Nova says here is from .*Nova refused the connection\./)).toBeInTheDocument();
    expect(texts()[0]).toMatch(/Not known.*The last word: copying\./);
  });

  it('has places for what acts, and nothing that acts without them', () => {
    const { unmount } = show(run());
    expect(screen.queryByRole('button', { name: /Stop|Abort/ })).toBeNull();
    unmount();
    show(run(), {
      acts: () => <button type="button">Stop…</button>,
      moveAct: ({ word, vm_name: name }) => (word === 'copying' ? <button type="button">Abort {name}</button> : null),
    });
    expect(screen.getByRole('button', { name: 'Stop…' })).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: /^Abort/ })).toHaveLength(1);
  });

  it('says what stopping would do, all the time', () => {
    show(
      run({ stopping: [{ tone: 'warn', lead: 'Stopping ends nothing here.', text: 'All 17 were given to Nova.' }] }),
    );
    const panel = screen.getByRole('region', { name: 'If you stop now' });
    expect(panel).toHaveTextContent('Stopping ends nothing here. All 17 were given to Nova.');
  });

  it('shows the hosts on the way in words too', () => {
    show(run());
    const host = within(screen.getByRole('table', { name: 'CPU of hosts now and as promised' }));
    expect(host.getByRole('img')).toHaveAccessibleName('started at 90%, now 80%, promised 60%');
  });
});

describe('a run that has ended', () => {
  const ended = () =>
    run({
      phase: 'ended',
      is_final: true,
      title: '1 of 2 moved, 1 failed; 89% of the promise kept',
      ended_at: NOW,
      moves: [
        doneMove('web-2'),
        runMove('a|b', { word: 'failed', title: 'Failed', group: 'ended', text: 'No valid host. It stays on cmp-1.' }),
      ],
      result: {
        spread: { start: 22.9, promised: 8.8, delivered: 10.4 },
        hottest: { start: 90, promised: 64, delivered: 75 },
        hottest_host: 'cmp-1',
        hot: { start: 3, promised: 0, delivered: 0 },
        warm: 1,
        kept: 88.7,
        took_ms: 25 * MINUTE_MS,
      },
      left_behind: [{ tone: 'ok', lead: null, text: 'No host is left disabled' }],
    });

  it('has promised beside delivered, what did not move and what it left behind', () => {
    show(ended());
    const figures = screen.getByText('CPU spread').closest('div');
    expect(figures).toHaveTextContent(/22\.9.*10\.4.*promised 8\.8; 1\.6 pts more/);
    expect(screen.getByRole('region', { name: 'What did not move' })).toHaveTextContent(
      /a\|b: failed\..*No valid host/,
    );
    expect(screen.getByText('No host is left disabled')).toBeInTheDocument();
  });

  it('is copied for a ticket with its figures, and with names that can’t break the table', () => {
    const text = ticketOf(ended(), 'https://visio.example/run/');
    expect(text).toContain('- CPU spread: 22.9 → 10.4 pts, promised 8.8; 89% of the promise kept');
    expect(text).toContain('| a\\|b | cmp-1 | cmp-2 | Failed: No valid host. It stays on cmp-1. |');
    expect(text).toContain('https://visio.example/run/');
  });
});

describe('following a run', () => {
  it('asks every five seconds in view, every 30 s when hidden, and no more once it is over', async () => {
    vi.useFakeTimers({ now: NOW });
    let hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    let answer = run();
    const asked = vi.fn(async () => Response.json(answer));
    vi.stubGlobal('fetch', asked);
    show(run());
    const passes = async (seconds: number) => {
      const before = asked.mock.calls.length;
      // In steps, since the page renders anew every second.
      for (let passed = 0; passed < seconds; passed += 0.5) await act(() => vi.advanceTimersByTimeAsync(SECOND_MS / 2));
      return asked.mock.calls.length - before;
    };
    expect(await passes(20.5)).toBe(4);
    const hide = (isHidden: boolean) => {
      hidden = isHidden;
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
    };
    hide(true);
    expect(await passes(61)).toBe(2);
    const before = asked.mock.calls.length;
    hide(false);
    await passes(11);
    // At once, and from then on every five seconds.
    expect(asked.mock.calls.length - before).toBe(3);
    answer = run({ phase: 'ended', is_final: true });
    await passes(60);
    expect(await passes(60)).toBe(0);
    vi.unstubAllGlobals();
  });
});

describe('the events of a run', () => {
  const event = (id: string, kind: RunEvent['kind'], text = 'is on cmp-2'): RunEvent => ({
    id,
    at: NOW,
    kind,
    subject: `vm-${id}`,
    text,
  });
  const spoken = () => screen.getByRole('status').textContent;

  it('are said aloud only where moves ended, at most every 15 s, and not what was there before', async () => {
    vi.useFakeTimers({ now: NOW });
    const { rerender } = render(<RunEvents events={[event('1', 'done')]} now={NOW} />);
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(spoken()).toBe('');
    const now = [event('4', 'trouble'), event('3', 'started'), event('2', 'done'), event('1', 'done')];
    rerender(<RunEvents events={now} now={NOW} />);
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(spoken()).toBe('vm-2 is on cmp-2.');
    rerender(<RunEvents events={[event('6', 'failed', 'failed'), event('5', 'done'), ...now]} now={NOW} />);
    await act(() => vi.advanceTimersByTimeAsync(14_000));
    expect(spoken()).toBe('vm-2 is on cmp-2.');
    await act(() => vi.advanceTimersByTimeAsync(1_500));
    expect(spoken()).toBe('vm-5 is on cmp-2. vm-6 failed.');
  });

  it('are a log, newest first, of which the first are shown', () => {
    render(<RunEvents events={Array.from({ length: 31 }, (_, i) => event(String(i), 'done'))} now={NOW} />);
    expect(within(screen.getByRole('log', { name: 'Events' })).getAllByRole('listitem')).toHaveLength(6);
    expect(screen.getByRole('button', { name: 'Show all 31' })).toBeInTheDocument();
  });
});
