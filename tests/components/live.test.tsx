// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswerError, readAnswer } from '@/components/live/answers';
import { LiveRefresh, useTick } from '@/components/live/live-refresh';
import { Settle } from '@/components/live/settle';
import { useAudit, useSources } from '@/components/live/use-answer';
import { detail } from './audit-samples';

const refresh = vi.fn();
const router = { refresh };
vi.mock('next/navigation', () => ({ useRouter: () => router }));

const SECONDS = 120;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  refresh.mockReset();
  vi.useRealTimers();
});

function Shown() {
  const { busy, dueAt, lost, refresh: now } = useTick();
  const audit = useAudit('a1', detail());
  const sources = useSources(30);
  return (
    <>
      <button type="button" onClick={() => now()}>
        {busy ? 'busy' : `${lost ? 'lost, ' : ''}due in ${Math.ceil((dueAt - Date.now()) / 1000)}`}
      </button>
      <p>{audit.data?.audit.name}</p>
      <p>{sources.error ? `${sources.error.message}` : sources.data?.sources.map(({ status }) => status).join()}</p>
    </>
  );
}

let answers: Record<string, () => Response>;
const asked = () => vi.mocked(window.fetch).mock.calls.map(([address]) => String(address));

function show(more: ReactNode = null) {
  answers = {
    '/api/v1/audits/a1/': () => Response.json({ ...detail(), audit: { ...detail().audit, name: 'renamed' } }),
    '/api/v1/sources/': () => Response.json({ sources: [] }),
  };
  vi.spyOn(window, 'fetch').mockImplementation(
    async (address) => answers[String(address)]?.() ?? new Response('', { status: 404 }),
  );
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <LiveRefresh seconds={SECONDS}>
        <Shown />
        {more}
      </LiveRefresh>
    </SWRConfig>,
  );
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

function hide(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the tick', () => {
  it('refreshes the page and answers of the API together, and only when due', async () => {
    show();
    await pass(SECONDS - 1);
    expect(refresh).not.toHaveBeenCalled();
    expect(screen.getByText('nightly')).toBeInTheDocument();
    expect(asked()).not.toContain('/api/v1/audits/a1/');
    await pass(2);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(screen.getByText('renamed')).toBeInTheDocument();
    await pass(SECONDS + 1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('pauses in a hidden tab, and catches up immediately on return', async () => {
    show();
    hide(true);
    await pass(5 * SECONDS);
    expect(refresh).not.toHaveBeenCalled();
    await act(async () => hide(false));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('refreshes on demand, once for two presses, and restarts the countdown', async () => {
    show();
    await pass(100);
    await act(async () => {
      screen.getByRole('button').click();
      screen.getByRole('button').click();
    });
    expect(refresh).toHaveBeenCalledTimes(1);
    await pass(0);
    expect(screen.getByRole('button')).toHaveTextContent('due in 120');
    await pass(100);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('refreshes a page immediately after it was streamed in parts', async () => {
    show(<Settle />);
    await pass(0);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('leaves the page alone if the server is gone, says since when, and retries', async () => {
    show();
    await pass(1);
    answers['/api/v1/sources/'] = () => new Response('', { status: 502 });
    await pass(SECONDS);
    expect(refresh).not.toHaveBeenCalled();
    expect(screen.getByRole('button')).toHaveTextContent('lost, due in 15');
    answers['/api/v1/sources/'] = () => Response.json({ sources: [] });
    await pass(16);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('button')).toHaveTextContent(/^due in/);
  });

  it('continues after a failed refresh', async () => {
    show();
    answers['/api/v1/audits/a1/'] = () => new Response('', { status: 502 });
    await pass(SECONDS + 1);
    expect(screen.getByText('nightly')).toBeInTheDocument();
    await pass(SECONDS + 1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});

describe('the sources', () => {
  it('are requested at their own interval, and are not blamed if the server does not answer', async () => {
    show();
    await pass(0);
    const before = asked().length;
    answers['/api/v1/sources/'] = () => new Response('', { status: 502 });
    await pass(31);
    expect(asked().length).toBe(before + 1);
    expect(screen.getByText('Watcher Visio does not answer.')).toBeInTheDocument();
  });
});

describe('a failed request', () => {
  it('carries the server’s message and the source it names', async () => {
    const problem = { status: 503, detail: 'Watcher refused the connection.', source: 'Watcher' };
    vi.spyOn(window, 'fetch').mockResolvedValue(Response.json(problem, { status: 503 }));
    const error = await readAnswer('/api/v1/audits/').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AnswerError);
    expect(error).toMatchObject({ status: 503, message: 'Watcher refused the connection.', source: 'Watcher' });
  });

  it('names no source if the server could not be reached', async () => {
    vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('network'));
    await expect(readAnswer('/api/v1/audits/')).rejects.toMatchObject({ status: 0, source: null });
  });

  it('rejects an answer whose body is cut off', async () => {
    vi.spyOn(window, 'fetch').mockResolvedValue(new Response('{"audit":'));
    await expect(readAnswer('/api/v1/audits/a1/')).rejects.toBeInstanceOf(AnswerError);
  });
});

describe('a session that has ended', () => {
  it('leads to the sign-in by reloading the page', async () => {
    const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
    vi.spyOn(window, 'fetch').mockResolvedValue(Response.json({ detail: 'Sign in' }, { status: 401 }));
    await expect(readAnswer('/api/v1/overview/')).rejects.toMatchObject({ status: 401 });
    expect(reload).toHaveBeenCalledOnce();
  });
});
