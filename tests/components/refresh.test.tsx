// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refresh } from '@/components/refresh';

const refresh = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => router }));
const router = { refresh };

const SECONDS = 120;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  refresh.mockReset();
  vi.useRealTimers();
});

function show(answer: () => Response) {
  vi.spyOn(window, 'fetch').mockImplementation(async () => answer());
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Refresh seconds={SECONDS} statusSeconds={30} />
    </SWRConfig>,
  );
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const status = () => screen.getByRole('status').textContent?.replace(/[✓✕◇•▲]/g, '|');

function hide(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the state of the sources', () => {
  it('is being checked, then known, and asked again on its own clock', async () => {
    let prometheus = 'ok';
    show(() => Response.json({ prometheus: { status: prometheus }, openstack: { status: 'mock' } }));
    expect(status()).toBe('|Prometheus checking|OpenStack checking');
    await pass(0);
    expect(status()).toBe('|Prometheus ok|OpenStack mock data');
    prometheus = 'error';
    await pass(31);
    expect(status()).toBe('|Prometheus error|OpenStack mock data');
  });

  it('is not known where this server does not answer: no source is blamed', async () => {
    show(() => new Response('', { status: 502 }));
    await pass(0);
    expect(status()).toBe('|Watcher Visio does not answer');
  });
});

describe('the page', () => {
  const ok = () => Response.json({ prometheus: { status: 'ok' }, openstack: { status: 'ok' } });

  it('is refreshed when its data is due, and only then', async () => {
    show(ok);
    await pass(SECONDS - 1);
    expect(refresh).not.toHaveBeenCalled();
    await pass(2);
    expect(refresh).toHaveBeenCalledTimes(1);
    await pass(SECONDS + 1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('is left alone while nobody looks, and refreshed at once on return', async () => {
    show(ok);
    hide(true);
    await pass(5 * SECONDS);
    expect(refresh).not.toHaveBeenCalled();
    hide(false);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
