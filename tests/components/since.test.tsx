// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SincePanel } from '@/components/widgets/since/panel';
import { visitAt, writeVisit } from '@/components/widgets/since/visit';
import type { NewsItem } from '@/lib/contract/v1/news';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { newsOf } from './host-samples';
import { NOW } from './samples';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  window.localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function show(items?: NewsItem[]) {
  render(<SincePanel news={newsOf(items && { items })} now={NOW} />);
  await act(async () => {});
}
const lines = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);
const lookedAt = (at: number) =>
  window.localStorage.setItem('watcher-visio.looked', writeVisit({ since: null, last: at }));

describe('a visit', () => {
  it('begins after half an hour away, and knows when the one before ended', () => {
    const first = visitAt(null, NOW);
    expect(first).toEqual({ since: null, last: NOW });
    const reloaded = visitAt(writeVisit(first), NOW + 29 * MINUTE_MS);
    expect(reloaded).toEqual({ since: null, last: NOW + 29 * MINUTE_MS });
    const next = visitAt(writeVisit(reloaded), NOW + HOUR_MS);
    expect(next).toEqual({ since: NOW + 29 * MINUTE_MS, last: NOW + HOUR_MS });
    expect(visitAt(writeVisit(next), NOW + HOUR_MS + MINUTE_MS).since).toBe(next.since);
  });

  it('is the first if what was kept means nothing', () => {
    for (const kept of ['', 'x', '1', '1.2.3', `.${NOW + HOUR_MS}`]) expect(visitAt(kept, NOW).since).toBeNull();
  });
});

describe('since you last looked', () => {
  it('has what happened since then, failures first, with links', async () => {
    lookedAt(NOW - 4 * HOUR_MS);
    await show();
    expect(lines().map((line) => line?.replace(/^.* UTC/, ''))).toEqual([
      'db-21 failed to move and stays on cmp-2',
      'admin started by-hand: “move db out of rack 1”',
      'nightly ended: 4 of 4 actions done',
    ]);
    expect(screen.getByRole('link', { name: 'db-21' })).toHaveAttribute('href', '/audits/a1/plans/p1/run');
    expect(screen.getByText(/, 4 h ago$/)).toBeInTheDocument();
  });

  it('has the last 24 hours in a browser that was never here', async () => {
    await show();
    expect(lines()).toHaveLength(3);
    expect(screen.getByText('the last 24 hours')).toBeInTheDocument();
  });

  it('has six lines at most', async () => {
    const failed: NewsItem = {
      kind: 'move-failed',
      at: 0,
      vm: 'x',
      stays_on: null,
      audit_id: 'a',
      audit: 'a',
      plan_id: 'p',
    };
    await show(Array.from({ length: 9 }, (_, at) => ({ ...failed, at: NOW - at, vm: `vm-${at}` })));
    expect(lines()).toHaveLength(6);
  });

  it('says so if nothing happened', async () => {
    await show([]);
    expect(screen.getByText(/^No plan ended/)).toBeInTheDocument();
  });
});
