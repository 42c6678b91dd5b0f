// @vitest-environment happy-dom
import { GIB } from '@/lib/units';
import '@testing-library/jest-dom/vitest';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { detail, migration } from './audit-samples';
import { cellsOf, plain, showAudit } from './show-audit';

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

// The review of the plan is requested separately and has tests of its own.
beforeEach(() => {
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
});

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

describe('migrations', () => {
  const rows = () => cellsOf(screen.getByRole('table', { name: 'Migrations of nightly' }));

  it('show place, size, impact and state of each move', () => {
    showAudit({
      migrations: [
        migration(),
        migration({
          action_id: 'x2',
          wave: 2,
          vm_name: 'db-01',
          destination: null,
          flavor: null,
          vcpus: null,
          ram: null,
          migration_type: 'cold',
          cpu_basis: 'estimated',
          cpu_estimate: 'share-of-host',
          source_points: 20,
          destination_points: null,
          impact: 'High',
          problem: 'no-destination',
        }),
        migration({
          action_id: 'x3',
          state: 'SKIPPED',
          status_message: 'Action skipped by user. Reason: ticket 815',
          impact: null,
          problem: 'skipped',
        }),
        migration({ action_id: 'x4', problem: 'vm-elsewhere' }),
      ],
    });
    expect(rows()).toEqual([
      ['1', 'web-01', 'cmp-1 to cmp-2', 'm1.large', '4', '8 GiB', 'Medium−12.5 / +6.3 pts', '1', 'Pending'],
      [
        '2',
        'db-01relieves only the source',
        'cmp-1 to chosen by the scheduler',
        '–',
        '–',
        '–',
        'High≈−20.0 pts',
        '2',
        'Pending, cold',
      ],
      [
        '3',
        'web-01',
        'cmp-1 to cmp-2',
        'm1.large',
        '4',
        '8 GiB',
        '– unknown',
        '1',
        'SkippedAction skipped by user. Reason: ticket 815',
      ],
      [
        '4',
        'web-01VM is on another host',
        'cmp-1 to cmp-2',
        'm1.large',
        '4',
        '8 GiB',
        'Medium−12.5 / +6.3 pts',
        '1',
        'Pending',
      ],
    ]);
  });

  it('show markup in the name of a VM as text, and long names in full', () => {
    const markup = '<script>alert(1)</script>';
    const long = `vm-${'x'.repeat(201)}`;
    showAudit({
      migrations: [migration({ vm_name: markup }), migration({ action_id: 'x2', vm_name: long, ram: 1.5 * GIB })],
    });
    expect(rows().map(([, name]) => name)).toEqual([markup, long]);
    expect(document.querySelector('script')).toBeNull();
  });

  it('link hosts to their pages, whatever they are called', () => {
    showAudit({ migrations: [migration({ source: 'a/b c' })] });
    expect(screen.getByRole('link', { name: 'a/b c' })).toHaveAttribute('href', '/hosts/a%2Fb%20c');
  });

  const many = Array.from({ length: 130 }, (_, i) =>
    migration({
      action_id: `m${i}`,
      vm_name: `vm-${i}`,
      source: i % 2 ? 'cmp-1' : 'cmp-3',
      impact: i < 10 ? 'High' : 'Low',
    }),
  );
  const status = () =>
    plain(
      screen
        .getAllByRole('status')
        .map((element) => element.textContent)
        .join('|'),
    );

  it('show the first of many, and more on demand', async () => {
    showAudit({ migrations: many });
    expect(rows()).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: 'Show 50 more' }));
    expect(rows()).toHaveLength(70);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 130' }));
    expect(rows()).toHaveLength(130);
  });

  it('are filtered and sorted by the address, and a status announces how many match', async () => {
    showAudit({ migrations: many });
    expect(status()).toContain('130 migrations');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Source' }), 'cmp-1');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Impact' }), 'High');
    expect(status()).toContain('5 of 130 migrations');
    await userEvent.click(screen.getByRole('button', { name: 'VM' }));
    await userEvent.click(screen.getByRole('button', { name: 'VM' }));
    expect(rows().map(([, name]) => name)).toEqual(['vm-9', 'vm-7', 'vm-5', 'vm-3', 'vm-1']);
    expect(screen.getByRole('columnheader', { name: 'VM' })).toHaveAttribute('aria-sort', 'descending');
    expect(window.location.search).toBe('?from=cmp-1&impact=High&sort=-instance');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(status()).toContain('130 migrations');
    expect(window.location.search).toBe('?sort=-instance');
  });

  it('are filtered when a shared link is opened', () => {
    window.history.replaceState(null, '', '/?q=vm-129&from=cmp-1');
    showAudit({ migrations: many });
    expect(rows().map(([, name]) => name)).toEqual(['vm-129']);
    expect(screen.getByRole('searchbox', { name: 'Filter migrations' })).toHaveValue('vm-129');
  });

  it('offer to clear the filters if none matches', async () => {
    showAudit({ migrations: many });
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter migrations' }), 'nothing');
    expect(screen.getByText('No migration matches these filters.')).toBeInTheDocument();
    await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(rows()).toHaveLength(20);
  });

  it('are filtered by a host selected in the flow, until it is selected again', async () => {
    showAudit({ migrations: many });
    const node = screen.getByRole('button', { name: '65 · cmp-1, 65 VMs leaving, hot' });
    await userEvent.click(node);
    expect(node).toHaveAttribute('aria-pressed', 'true');
    expect(status()).toContain('65 of 130 migrations');
    await userEvent.click(node);
    expect(status()).toContain('130 migrations');
  });

  it('give the flow one tab stop per side; arrow keys move and Enter selects', async () => {
    showAudit({ migrations: many });
    const nodes = within(screen.getByRole('toolbar', { name: 'Hosts that VMs leave' })).getAllByRole('button');
    expect(nodes.map((node) => node.getAttribute('tabindex'))).toEqual(['0', '-1']);
    nodes[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(document.activeElement).toBe(nodes[1]);
    expect(nodes[1]).toHaveAttribute('aria-pressed', 'true');
  });

  it('show no chart for a plan that moves nothing', () => {
    const { audit, plans } = detail();
    const [plan] = plans;
    if (!plan || !audit.plan) throw new Error('the sample has a plan');
    const text = showAudit({ migrations: [], plans: [{ ...plan, actions: 0, migrations: 0 }] });
    expect(text).toContain('No changes proposed');
    expect(text).not.toContain('Where the VMs go');
  });
});
