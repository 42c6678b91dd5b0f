// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditDetail } from '@/components/audits/audit-detail';
import { detail, migration } from './audit-samples';
import { GIB, MINUTE, NOW, readings, STALE } from './samples';

// No canvas here; what the chart draws is tested by itself.
vi.mock('react-chartjs-2', () => ({ Bar: () => null }));

afterEach(cleanup);

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

function show(changes: Parameters<typeof detail>[0] = {}) {
  const { container } = render(<AuditDetail detail={detail(changes)} now={NOW} />);
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
      'TypeONESHOT',
      'ScopeFull Cluster',
      'WeightsCPU 1.00, RAM 0.50',
      'Plans startWhen an admin starts them',
      'Created02:20 UTC, 26 min ago',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('Next run');
  });

  it.each([
    ['600', 'CONTINUOUS, every 10 min'],
    ['*/5 * * * *', 'CONTINUOUS, at */5 * * * *'],
  ])('an interval of %s is said as %s', (interval, words) => {
    const { audit } = detail();
    const continuous = { ...audit, type: 'CONTINUOUS', interval, next_run_at: NOW + 9 * MINUTE, auto_trigger: true };
    const text = show({ audit: continuous });
    expect(text).toContain(words);
    expect(text).toContain('Next run02:55 UTC');
    expect(text).toContain('Plans startBy themselves');
  });

  it('what is not there is a dash with its reason', () => {
    const text = show({ audit: { ...detail().audit, strategy: null, cpu_weight: null, ram_weight: null } });
    expect(text).toContain('Strategy– Watcher chooses one for the goal.');
    expect(text).toContain('Weights– The audit sets none.');
  });
});

describe('migrations', () => {
  const rows = () => cells(screen.getByRole('table', { name: /in the order in which they run$/ }));

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
      ['1', '1', 'web-01', 'cmp-1 → cmp-2', 'm1.large', '4', '8 GiB', 'live', 'Medium, 12.5 pts', 'PENDING'],
      [
        '2',
        '2',
        'db-01',
        'cmp-1 → chosen by the scheduler',
        '–',
        '–',
        '–',
        'cold',
        'High, 20.0 pts (estimated)',
        'PENDING, only the source is relieved in the projection',
      ],
      ['3', '1', 'web-01', 'cmp-1 → cmp-2', 'm1.large', '4', '8 GiB', 'live', '– not known', 'SKIPPED'],
      [
        '4',
        '1',
        'web-01',
        'cmp-1 → cmp-2',
        'm1.large',
        '4',
        '8 GiB',
        'live',
        'Medium, 12.5 pts',
        'PENDING, the VM is on another host than the plan says',
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
    expect(rows().map(([, , name]) => name)).toEqual([markup, long]);
    expect(document.querySelector('script')).toBeNull();
  });

  it('a plan without any says so', () => {
    expect(show({ migrations: [] })).toContain('No migrations.');
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
    expect(cells(screen.getByRole('table', { name: 'Action plans of the audit, newest first' }))).toEqual([
      ['02:21 UTC', 'RECOMMENDED: Waits for approval.', '3', 'shown'],
      ['02:21 UTC', 'FAILED: At least one action failed. Two hosts are down.', 'not read', ''],
    ]);
  });

  it('actions that move no VM, in their waves', () => {
    const action = {
      id: 'x9',
      type: 'change_nova_service_state',
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
