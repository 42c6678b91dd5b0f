// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pages } from '@/components/shell/pages';
import { RunChip } from '@/components/shell/run-chip';
import { chipsToShow, listChips } from '@/components/shell/sources';
import type { PlanStarted } from '@/lib/contract/v1/plan-list';
import type { SourceView } from '@/lib/contract/v1/sources';
import { NOW } from './samples';

const place = { path: '/' };
vi.mock('next/navigation', () => ({ usePathname: () => place.path }));
afterEach(() => {
  cleanup();
  place.path = '/';
});

describe('the pages in the bar', () => {
  it.each([
    ['/', 'Overview'],
    ['/plans', 'Plans'],
    ['/plans/audits/', 'Plans'],
    ['/audits/nightly/plans/p1/', 'Plans'],
    ['/compare', 'Plans'],
    ['/hosts/cmp-1/', 'Hosts'],
    ['/activity', 'Activity'],
  ])('mark the one that %s belongs to', (path, name) => {
    place.path = path;
    render(<Pages waiting={5} />);
    expect(screen.getByRole('link', { current: 'page' })).toHaveTextContent(name);
  });

  it('are in a menu, too, where the bar is narrow, with the doctor', async () => {
    place.path = '/activity';
    render(<Pages waiting={5} />);
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    const menu = within(screen.getByRole('dialog', { name: 'More pages' }));
    expect(menu.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'VMs',
      'Capacity',
      'Activity',
      'Doctor',
    ]);
    expect(menu.getByRole('link', { current: 'page' })).toHaveTextContent('Activity');
  });

  it('count the plans that wait, if there are any', () => {
    const { rerender } = render(<Pages waiting={5} />);
    expect(screen.getByRole('link', { name: /^Plans ?5 wait for a decision$/ })).toBeInTheDocument();
    for (const waiting of [0, null]) {
      rerender(<Pages waiting={waiting} />);
      expect(screen.getByRole('link', { name: 'Plans' })).toBeInTheDocument();
    }
  });
});

describe('the chip of what runs', () => {
  const progress = { actions: 13, done: 4, running: 2, failed: 0, cancelled: 0, skipped: 0 };
  const started: PlanStarted = { by: 'here', person: 'ops', reason: 'peak', at: NOW, began_at: NOW };
  const run = { auditId: 'a1', audit: 'nightly', planId: 'p1', progress, started, seconds_left: 360 };

  it('counts what is done and leads to the run, except on the pages of its own plan', () => {
    const { rerender, container } = render(<RunChip running={[run]} />);
    const link = screen.getByRole('link', { name: /^nightly: 4 of 13 done ?, started by ops: “peak”, about 6/ });
    expect(link).toHaveAttribute('href', expect.stringMatching(/^\/audits\/a1\/plans\/p1\/run\/?$/));
    place.path = '/audits/a1/plans/p1/run/';
    rerender(<RunChip running={[run]} />);
    expect(container).toBeEmptyDOMElement();
  });

  it('counts several, and is absent without one', () => {
    const { rerender, container } = render(<RunChip running={[run, { ...run, planId: 'p2' }]} />);
    expect(screen.getByRole('link', { name: '2 plans run' })).toHaveAttribute('href', '/plans');
    rerender(<RunChip running={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe('the chips of the sources', () => {
  const source = (name: string, status: SourceView['status'] = 'ok'): SourceView => ({
    name,
    status,
    message: null,
    since: null,
    checked_at: NOW,
    answered_at: NOW,
    unreadable: [],
  });
  const shown = (...sources: SourceView[]) =>
    chipsToShow(listChips({ sources }, NOW, 60_000), NOW, 60_000).map(({ name, state }) => [name, state]);

  it('are one while all are well, and one each as soon as one is not', () => {
    expect(shown(source('Prometheus'), source('Nova'))).toEqual([['Sources', 'ok']]);
    expect(shown(source('Prometheus', 'mock'), source('Nova', 'mock'))).toEqual([['Sources', 'mock']]);
    expect(shown(source('Prometheus'), source('Nova', 'error'))).toEqual([
      ['Prometheus', 'ok'],
      ['OpenStack', 'error'],
    ]);
    expect(shown()).toEqual([['Sources', 'checking']]);
  });
});
