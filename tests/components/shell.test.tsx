// @vitest-environment happy-dom
import { MINUTE_MS } from '@/lib/units';
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turnShortcuts, useShortcut } from '@/components/live/shortcuts';
import { AccountMenu } from '@/components/shell/account-menu';
import { Banners } from '@/components/shell/banners';
import { Footer, ReadAt } from '@/components/shell/footer';
import { SourceChips } from '@/components/shell/source-chips';
import { TextField } from '@/components/ui/text-field';
import { NOW, readings, SOURCES, STALE } from './samples';

const router = { refresh: vi.fn(), push: vi.fn() };
vi.mock('next/navigation', () => ({ useRouter: () => router, usePathname: () => '/' }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(NOW);
});
afterEach(() => {
  cleanup();
  turnShortcuts(true);
  vi.useRealTimers();
  router.push.mockReset();
  delete document.documentElement.dataset.theme;
});

function Counted({ keys, onPress }: { keys: string; onPress: () => void }) {
  useShortcut(keys, onPress);
  return null;
}

describe('the shortcuts', () => {
  it('work from anywhere, but not while typing or with a modifier held', async () => {
    const pressed = vi.fn();
    render(
      <>
        <Counted keys="j" onPress={pressed} />
        <TextField label="Filter" value="" onChange={() => {}} />
      </>,
    );
    await userEvent.keyboard('j');
    expect(pressed).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{Control>}j{/Control}');
    await userEvent.type(screen.getByRole('searchbox'), 'j');
    expect(pressed).toHaveBeenCalledTimes(1);
  });

  it('take two letters one after the other; the component that mounted last gets the key', async () => {
    const [hosts, older, newer] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <>
        <Counted keys="g h" onPress={hosts} />
        <Counted keys="h" onPress={older} />
        <Counted keys="h" onPress={newer} />
      </>,
    );
    await userEvent.keyboard('gh');
    expect([hosts, older, newer].map((each) => each.mock.calls.length)).toEqual([1, 0, 0]);
    await userEvent.keyboard('h');
    expect([hosts, older, newer].map((each) => each.mock.calls.length)).toEqual([1, 0, 1]);
  });

  it('are listed by ?, lead to pages, and can all be turned off', async () => {
    render(
      <Footer>
        <ReadAt readings={readings()} now={NOW} />
      </Footer>,
    );
    await userEvent.keyboard('gh');
    expect(router.push).toHaveBeenCalledWith('/hosts');
    await userEvent.keyboard('?');
    const dialog = screen.getByRole('dialog', { name: 'Keys' });
    expect(within(dialog).getByText('Refresh now')).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Shortcuts are on' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await userEvent.keyboard('gh?');
    expect(router.push).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the theme', () => {
  it('changes with its button and with t, on the page and in the cookie', async () => {
    render(<AccountMenu name={null} canSignOut={false} theme="system" />);
    await userEvent.click(screen.getByRole('button', { name: /Menu/ }));
    await userEvent.click(screen.getByRole('menuitem', { name: /^Theme: system/ }));
    expect(document.documentElement.dataset.theme).toBe('light');
    await userEvent.keyboard('t');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.cookie).toContain('watcher-visio-theme=dark');
    await userEvent.keyboard('t');
    expect(document.documentElement.dataset.theme).toBeUndefined();
    expect(document.cookie).not.toContain('watcher-visio-theme=dark');
  });
});

describe('the source chips', () => {
  function show() {
    vi.spyOn(window, 'fetch').mockResolvedValue(
      Response.json({
        sources: SOURCES.sources.map((source) => ({ ...source, checked_at: new Date(NOW - 14_000).toISOString() })),
      }),
    );
    render(
      <SWRConfig value={{ provider: () => new Map() }}>
        <SourceChips seconds={30} initial={undefined} rendered={NOW} />
      </SWRConfig>,
    );
  }

  it('say how each source is doing, and open what happened, what it affects and what comes next', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Prometheus error' }));
    const details = screen.getByRole('dialog', { name: 'Prometheus' });
    const text = (details.textContent ?? '').replaceAll('\u202f', ' ');
    expect(text).toContain('Prometheus is failing');
    expect(text).toContain('Last answer02:40 UTC, 6 min ago');
    expect(text).toContain('Last errorPrometheus refused the connection.');
    expect(text).toContain('Next tryin 16 s');
    expect(text).toContain('AffectsCPU and RAM use of hosts and VMs, new projections');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'Prometheus error' })).toHaveFocus();
  });

  it('are announced by their state, not by their age', async () => {
    show();
    await screen.findByRole('button', { name: 'Prometheus error' });
    expect(screen.getByRole('status')).toHaveTextContent('Prometheus error, OpenStack mock data');
  });
});

describe('the banners', () => {
  it('are one alert with a line for each failing source and one button', () => {
    const watcher = { ...STALE, error: { source: 'Watcher', message: 'Watcher returned 503.', since: NOW } };
    render(<Banners readings={readings({ load: STALE, optimizer: watcher })} now={NOW} ttlMs={MINUTE_MS} />);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent(/Prometheus has given no data.*Watcher has given no data/);
    expect(within(alert).getAllByRole('button')).toHaveLength(1);
  });

  it('are absent while everything is fresh', () => {
    const { container } = render(<Banners readings={readings()} now={NOW} ttlMs={MINUTE_MS} />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe('the footer', () => {
  it('says where and when the page was printed, on paper only', () => {
    const { container } = render(<Footer>{null}</Footer>);
    act(() => {
      window.dispatchEvent(new Event('beforeprint'));
    });
    expect(container).toHaveTextContent(`${window.location.href}, printed at 12 Feb 2026, 02:46 UTC`);
  });

  it('says when the data was read, once where that is one time', () => {
    const { container, rerender } = render(<ReadAt readings={readings()} now={NOW} />);
    expect(container).toHaveTextContent('Capacity and audits at 02:45 UTC. Times are UTC.');
    act(() => rerender(<ReadAt readings={readings({ load: STALE })} now={NOW} />));
    expect(container).toHaveTextContent('Capacity at 02:41 UTC, audits at 02:45 UTC.');
  });
});
