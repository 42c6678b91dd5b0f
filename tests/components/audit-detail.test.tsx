import { GIB, MINUTE_MS } from '@/lib/units';
// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditView } from '@/components/audits/audit-view';
import { detail, drift, migration, outcome } from './audit-samples';
import { NOW, readings, STALE } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

// The review of the plan is asked for by itself, and is not what is looked at here.
beforeEach(() => {
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
});

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

function show(changes: Parameters<typeof detail>[0] = {}) {
  const { container } = render(<AuditView detail={detail(changes)} now={NOW} region="RegionOne" level={4} />);
  return plain(container.textContent);
}

const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => plain(cell.textContent)),
    );

describe('the settings of an audit', () => {
  it('say what it was asked and what its state means', () => {
    const text = show();
    for (const words of [
      'StateSUCCEEDED: Finished; what it proposes is in its action plan.',
      'Strategyworkload_stabilization',
      'Goalworkload_balancing',
      'TypeOne-shot',
      'ScopeFull Cluster',
      'WeightsCPU 1.0, RAM 0.5',
      'Plans startWhen an admin starts them',
      'Created02:20 UTC, 26 min ago',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('Next run');
  });

  it.each([
    ['600', 'Continuous, every 10 min'],
    ['*/5 * * * *', 'Continuous, at */5 * * * *'],
  ])('an interval of %s is said as %s', (interval, words) => {
    const { audit } = detail();
    const continuous = { ...audit, type: 'CONTINUOUS', interval, next_run_at: NOW + 9 * MINUTE_MS, auto_trigger: true };
    const text = show({ audit: continuous });
    expect(text).toContain(words);
    expect(text).toContain('Next run02:55 UTC');
    expect(text).toContain('Plans startAutomatically');
  });

  it('what is not there is a dash with its reason', () => {
    const text = show({ audit: { ...detail().audit, strategy: null, cpu_weight: null, ram_weight: null } });
    expect(text).toContain('Strategy– Watcher chooses one for the goal.');
    expect(text).toContain('Weights– The audit sets none.');
  });
});

describe('what a plan changes', () => {
  const tiles = () =>
    [...screen.getByRole('region', { name: 'Outcome of the plan' }).children].map((tile) =>
      plain(tile.textContent).replace(/\s+/g, ' ').trim(),
    );

  it('in five figures, now and after', () => {
    show();
    expect(tiles()).toEqual([
      'CPU spread (σ)34.5 to 17.5 pts49% more even',
      'Hottest host89 to 61 %cmp-1',
      'Hosts at 85% or over1 to 00 warm',
      'RAM spread (σ)0.0 ptsNo change',
      'Work to do1 migration2 hosts, 8 GiB RAM',
    ]);
  });

  it('a plan that empties hosts begins with these', () => {
    show({ outcome: outcome({ emptied: { count: 2, hosts: ['cmp-1', 'cmp-2'], vms_left: 0, by: 'projection' } }) });
    expect(tiles()[0]).toBe('Hosts emptied2 of 2Can be powered off');
    expect(tiles()).toHaveLength(5);
  });

  it('what is not known of after the plan is not the same as now', () => {
    const { cpu, ram } = outcome();
    const frozen = {
      ...cpu,
      spread: { now: 34.5, after: null },
      hottest: { ...cpu.hottest, after: null },
      hot: { now: 1, after: null },
    };
    show({ outcome: outcome({ cpu: frozen, ram: { ...ram, spread: { now: null, after: null } } }) });
    expect(tiles()[0]).toBe('CPU spread (σ)34.5 ptsAfter the plan: unknown');
    expect(tiles()[3]).toBe('RAM spread (σ)–No host is measured');
  });

  it('says what is left of a plan that runs', () => {
    show({ outcome: outcome({ moves: 17, moves_left: 14, ram_to_copy: null }) });
    expect(tiles()[4]).toBe('Work to do14 of 17 migrations2 hosts, RAM –');
  });
});

describe('how far the cluster has moved since', () => {
  it.each([
    [{ moved: [] }, 'Snapshot of 02:21 UTC, 25 min ago. No host has moved by more than 5 pts since.'],
    [{ moved: [{ host: 'a', before: 50, now: 60 }] }, '1 host moved by more than 5 pts since.'],
    [{ hosts_gone: ['x'] }, 'No host has moved by more than 5 pts since. 1 host has left the cluster since.'],
    [{ moved: null, reason: 'Can’t be compared.' }, 'Snapshot of 02:21 UTC, 25 min ago. Can’t be compared.'],
  ])('%j', (changes, words) => expect(show({ drift: drift(changes) })).toContain(words));

  it('a plan that has waited for more than a day is old', () => {
    expect(show()).not.toContain('Old plan');
    cleanup();
    const { audit } = detail();
    if (!audit.plan) throw new Error('the sample has a plan');
    expect(show({ audit: { ...audit, plan: { ...audit.plan, created_at: NOW - 25 * 60 * MINUTE_MS } } })).toContain(
      'Old plan',
    );
  });
});

describe('migrations', () => {
  const rows = () => cells(screen.getByRole('table', { name: 'Migrations of nightly' }));

  it('each with its place, size, impact and state', () => {
    show({
      migrations: [
        migration(),
        migration({
          action_id: 'x2',
          wave: 1,
          instance_name: 'db-01',
          destination: null,
          flavor: null,
          vcpus: null,
          ram: null,
          migration_type: 'cold',
          cpu_basis: 'estimated',
          source_points: 20,
          destination_points: null,
          impact: 'High',
          problem: 'no-destination',
        }),
        migration({ action_id: 'x3', state: 'SKIPPED', impact: null, problem: 'skipped' }),
        migration({ action_id: 'x4', problem: 'vm-elsewhere' }),
      ],
    });
    expect(rows()).toEqual([
      ['1', 'web-01', 'cmp-1 to cmp-2', 'm1.large', '4', '8 GiB', 'Medium12.5 pts', '1', 'Pending'],
      [
        '2',
        'db-01relieves only the source',
        'cmp-1 to chosen by the scheduler',
        '–',
        '–',
        '–',
        'High≈20.0 pts',
        '2',
        'Pending, cold',
      ],
      ['3', 'web-01', 'cmp-1 to cmp-2', 'm1.large', '4', '8 GiB', '– unknown', '1', 'Skipped'],
      [
        '4',
        'web-01VM is on another host',
        'cmp-1 to cmp-2',
        'm1.large',
        '4',
        '8 GiB',
        'Medium12.5 pts',
        '1',
        'Pending',
      ],
    ]);
  });

  it('markup in the name of a VM is text, and a long name is whole', () => {
    const markup = '<script>alert(1)</script>';
    const long = `vm-${'x'.repeat(201)}`;
    show({
      migrations: [
        migration({ instance_name: markup }),
        migration({ action_id: 'x2', instance_name: long, ram: 1.5 * GIB }),
      ],
    });
    expect(rows().map(([, name]) => name)).toEqual([markup, long]);
    expect(document.querySelector('script')).toBeNull();
  });

  it('hosts lead to their pages, whatever they are called', () => {
    show({ migrations: [migration({ source: 'a/b c' })] });
    expect(screen.getByRole('link', { name: 'a/b c' })).toHaveAttribute('href', '/hosts/a%2Fb%20c');
  });

  const many = Array.from({ length: 130 }, (_, i) =>
    migration({
      action_id: `m${i}`,
      instance_name: `vm-${i}`,
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

  it('of many the first ones, and more on demand', async () => {
    show({ migrations: many });
    expect(rows()).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: 'Show 50 more' }));
    expect(rows()).toHaveLength(70);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 130' }));
    expect(rows()).toHaveLength(130);
  });

  it('are filtered and sorted, which the address says and a status tells', async () => {
    show({ migrations: many });
    expect(status()).toContain('130 migrations');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Source' }), 'cmp-1');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Impact' }), 'High');
    expect(status()).toContain('5 of 130 migrations');
    await userEvent.click(screen.getByRole('button', { name: 'Instance' }));
    await userEvent.click(screen.getByRole('button', { name: 'Instance' }));
    expect(rows().map(([, name]) => name)).toEqual(['vm-9', 'vm-7', 'vm-5', 'vm-3', 'vm-1']);
    expect(screen.getByRole('columnheader', { name: 'Instance' })).toHaveAttribute('aria-sort', 'descending');
    expect(window.location.search).toBe('?from=cmp-1&impact=High&sort=-instance');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(status()).toContain('130 migrations');
    expect(window.location.search).toBe('?sort=-instance');
  });

  it('come filtered by a link that was sent', () => {
    window.history.replaceState(null, '', '/?q=vm-129&from=cmp-1');
    show({ migrations: many });
    expect(rows().map(([, name]) => name)).toEqual(['vm-129']);
    expect(screen.getByRole('searchbox', { name: 'Filter migrations' })).toHaveValue('vm-129');
  });

  it('none matches: says so, and offers the way back', async () => {
    show({ migrations: many });
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter migrations' }), 'nothing');
    expect(screen.getByText('No migration matches these filters.')).toBeInTheDocument();
    await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(rows()).toHaveLength(20);
  });

  it('are filtered by a host of the flow, and by it again no more', async () => {
    show({ migrations: many });
    const node = screen.getByRole('button', { name: '65 · cmp-1, 65 VMs leaving, hot' });
    await userEvent.click(node);
    expect(node).toHaveAttribute('aria-pressed', 'true');
    expect(status()).toContain('65 of 130 migrations');
    await userEvent.click(node);
    expect(status()).toContain('130 migrations');
  });

  it('the hosts of the flow are one tab stop a side; arrows move and Enter chooses', async () => {
    show({ migrations: many });
    const nodes = within(screen.getByRole('toolbar', { name: 'Hosts that VMs leave' })).getAllByRole('button');
    expect(nodes.map((node) => node.getAttribute('tabindex'))).toEqual(['0', '-1']);
    nodes[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(document.activeElement).toBe(nodes[1]);
    expect(nodes[1]).toHaveAttribute('aria-pressed', 'true');
  });

  it('a plan without any has no chart of nothing', () => {
    const { audit, plans } = detail();
    const [plan] = plans;
    if (!plan || !audit.plan) throw new Error('the sample has a plan');
    const text = show({ migrations: [], plans: [{ ...plan, actions: 0, migrations: 0 }] });
    expect(text).toContain('No changes proposed');
    expect(text).not.toContain('Where the VMs go');
  });
});

describe('plans and other actions', () => {
  it('every plan with its state in words; the shown one is marked', () => {
    const shown = detail().plans[0];
    if (!shown) throw new Error('the sample has a plan');
    const old = {
      ...shown,
      id: 'p0',
      state: 'FAILED',
      state_meaning: 'At least one action failed.',
      status_message: 'Two hosts are down.',
      actions: null,
      shown: false,
    };
    show({ plans: [shown, old] });
    const list = screen.getByRole('region', { name: 'Plans of this audit' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => plain(item.textContent)),
    ).toEqual([
      '02:21 UTCRECOMMENDED: Waits for approval. shown3 actions',
      '02:21 UTCFAILED: At least one action failed. Two hosts are down. actions not loaded',
    ]);
  });

  it('actions that move no VM, in their waves', () => {
    const action = {
      id: 'x9',
      type: 'change_nova_service_state',
      label: 'disable',
      state: 'PENDING',
      meaning: 'Not started.',
      target: 'cmp-9',
      detail: 'state: disabled',
      parents: [],
      status_message: null,
    };
    const text = show({ waves: [[{ ...action, id: 'm', type: 'migrate' }], [action]] });
    expect(text).toContain('Wave 2change_nova_service_state cmp-9, state: disabled (PENDING: Not started.)');
    expect(text).not.toContain('Wave 1');
  });
});

describe('old data', () => {
  it('says which part is how old', () => {
    const text = show({ readings: readings({ load: STALE }) });
    expect(text).toContain(
      'CPU and RAM as of 02:41 UTC, 5 min old. Prometheus refused the connection. Since 02:42 UTC.',
    );
    expect(text).not.toContain('Audits as of');
  });
});
