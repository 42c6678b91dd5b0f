// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditDetail } from '@/components/audits/audit-detail';
import { AuditList } from '@/components/audits/audit-list';
import { addressOf, readChoice } from '@/components/audits/choice';
import { detail, GIB, host, list, MINUTE, MISSING_READING, migration, NOW, readings, STALE, summary } from './samples';

// No canvas here; what the chart draws is tested by itself.
vi.mock('react-chartjs-2', () => ({ Bar: () => null }));

afterEach(cleanup);

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

function show(changes: Parameters<typeof detail>[0] = {}) {
  const { container } = render(<AuditDetail detail={detail(changes)} now={NOW} />);
  return plain(container.textContent);
}

const projection = (changes: Partial<NonNullable<ReturnType<typeof detail>['projection']>>) => {
  const sample = detail().projection;
  if (!sample) throw new Error('the sample has a projection');
  return { ...sample, ...changes };
};

const coverage = (changes: Partial<ReturnType<typeof projection>['coverage']>) => ({
  ...projection({}).coverage,
  ...changes,
});

const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => plain(cell.textContent)),
    );

describe('the list of audits', () => {
  const names = () => screen.getAllByRole('listitem').map((item) => plain(item.textContent));

  it('says of each what it proposes, its age, type and state, in the order given', () => {
    const plan = summary().plan;
    if (!plan) throw new Error('the sample has a plan');
    const audits = [
      summary(),
      summary({ id: 'a2', name: 'empty', plan: { ...plan, actions: 0, migrations: 0 } }),
      summary({ id: 'a3', name: 'failed', state: 'FAILED', plan: null }),
      summary({ id: 'a4', name: 'running', state: 'ONGOING', type: 'CONTINUOUS', plan: null }),
      summary({ id: 'a5', name: 'one', plan: { ...plan, actions: 1, migrations: 1 } }),
      summary({ id: 'a6', name: 'unread', plan: { ...plan, actions: null, migrations: null } }),
    ];
    render(<AuditList list={list(audits)} choice={{ older: 0, plain: false }} now={NOW} />);
    expect(names()).toEqual([
      'nightly2 migrations, 1 other action26 min ago · ONESHOT · SUCCEEDED',
      'emptyNo changes proposed26 min ago · ONESHOT · SUCCEEDED',
      'failedNo plan26 min ago · ONESHOT · FAILED',
      'runningNo plan yet26 min ago · CONTINUOUS · ONGOING',
      'one1 migration26 min ago · ONESHOT · SUCCEEDED',
      'unreadPlan not read26 min ago · ONESHOT · SUCCEEDED',
    ]);
  });

  const two = [summary(), summary({ id: 'a2', name: 'older' })];
  const current = () => screen.queryByRole('link', { current: true })?.textContent ?? null;

  it.each([
    ['none', undefined, 'nightly'],
    ['an id', 'a2', 'older'],
    ['a name', 'older', 'older'],
    ['one that is gone', 'gone', 'nightly'],
  ])('marks the chosen audit when the address has %s', (_, audit, marked) => {
    render(<AuditList list={list(two)} choice={{ audit, older: 0, plain: false }} now={NOW} />);
    expect(current()).toContain(marked);
  });

  it('marks nothing when the chosen audit may be on another page', () => {
    render(<AuditList list={list(two, { total: 60 })} choice={{ audit: 'far', older: 0, plain: false }} now={NOW} />);
    expect(current()).toBeNull();
  });

  it('choices and older audits are plain links', () => {
    const shown = list(two, { total: 120, offset: 50 });
    render(<AuditList list={shown} choice={{ older: 50, plain: false }} now={NOW} />);
    expect(screen.getByRole('link', { name: /^older/ })).toHaveAttribute('href', '/?audit=a2&older=50');
    expect(screen.getByRole('link', { name: 'Show older (20)' })).toHaveAttribute('href', '/?older=100');
    expect(screen.getByRole('link', { name: 'Show the newest' })).toHaveAttribute('href', '/');
  });

  it('has no way further where there is nothing more', () => {
    render(<AuditList list={list(two)} choice={{ older: 0, plain: false }} now={NOW} />);
    expect(screen.queryByText(/^Show/)).toBeNull();
  });
});

describe('the address', () => {
  it.each([
    ['/', {}],
    ['/?audit=a%26b', { audit: 'a&b' }],
    ['/?audit=a&older=50&plain=1', { audit: ['a', 'b'], older: '50', plain: '' }],
    ['/', { older: '-3' }],
    ['/', { older: 'many' }],
  ])('%s is understood', (address, query) => expect(addressOf(readChoice(query))).toBe(address));
});

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

describe('coverage and confidence', () => {
  it('counts and names what is left out', () => {
    const text = show({
      projection: projection({
        coverage: coverage({
          moves: 17,
          projected: 14,
          measured: 14,
          left_out: [
            { problem: 'vm-gone', count: 2, names: ['a', 'b'] },
            { problem: 'source-unknown', count: 1, names: ['c'] },
          ],
        }),
      }),
    });
    expect(text).toContain(
      'Projected 14 of 17 migrations. Left out: 2 VMs are gone (a and b); 1 from a host that is not known (c).',
    );
    expect(text).toContain('By the measured CPU of each VM.');
  });

  it.each([
    [
      'estimated',
      { projected: 17, measured: 14, estimated: 3 },
      '3 of them are estimated from vCPU shares, the others are measured.',
    ],
    [
      'estimated',
      { projected: 17, measured: 0, estimated: 17 },
      'The CPU of the VMs is estimated from their vCPU shares.',
    ],
    ['allocation-only', {}, 'No host is measured, so only allocations are moved.'],
  ] as const)('%s: %j', (confidence, counts, words) => {
    expect(show({ projection: projection({ confidence, coverage: coverage(counts) }) })).toContain(words);
  });

  it('an executed plan is applied to the load of its time', () => {
    const text = show({ projection: projection({ basis: 'plan-creation', as_of: NOW - 25 * MINUTE }) });
    expect(text).toContain('The load when the plan was made (02:21 UTC), and with the plan applied.');
  });

  it('where history does not reach it is said', () => {
    expect(show({ projection: projection({ reason: 'Prometheus has no measurements of the time.' }) })).toContain(
      'Prometheus has no measurements of the time.',
    );
  });

  it('without a plan nothing is applied', () => {
    const none = projection({ coverage: coverage({ moves: 0, projected: 0 }), confidence: 'none' });
    const text = show({ plans: [], migrations: [], projection: none });
    expect(text).toContain('The load now (02:45 UTC). There is no plan, so nothing would change.');
    expect(text).toContain('The audit has no action plan.');
    expect(text).not.toContain('with the plan applied');
  });
});

describe('hosts, now and after the plan', () => {
  const table = () => screen.getByRole('table', { name: 'Every compute host, now → after the plan', hidden: true });

  it('the table has the numbers of the chart, and RAM and allocations', () => {
    show();
    const rows = [...table().querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => plain(cell.textContent)),
    );
    expect(rows).toEqual([
      ['cmp-1', '16', '89.0% → 61.3%', '70.0% → 65.0%', '1,200 → 1,100', '128 GiB → 120 GiB'],
      ['cmp-2', '16', '20.0% → 26.3%', '70.0% → 65.0%', '1,200 → 1,100', '128 GiB → 120 GiB'],
    ]);
  });

  it('a host that is not measured is named and never 0', () => {
    const hosts = [host({ host: 'cmp-1' }), host({ host: 'cmp-9', cpu_current: null, cpu_projected: null })];
    const text = show({ projection: projection({ hosts }) });
    expect(text).toContain('1 host not drawn, because no exporter reports CPU: cmp-9.');
    expect(table()).toHaveTextContent('cmp-916–');
    expect(text).toContain('– under CPU and RAM: no exporter reports it for that host.');
  });

  it('no measured host: no chart, and why', () => {
    const hosts = [host({ host: 'cmp-1', cpu_current: null, cpu_projected: null })];
    const text = show({ projection: projection({ hosts }), readings: readings({ load: MISSING_READING }) });
    expect(text).toContain('There is no chart, because no host is measured. Prometheus refused the connection.');
  });

  it('without Nova nothing is concluded from VMs that it did not list', () => {
    const error = { source: 'Nova', message: 'Nova did not answer in 30 s.', since: NOW - MINUTE };
    const text = show({
      migrations: [migration({ problem: 'vm-gone', impact: null, flavor: null, vcpus: null, ram: null })],
      projection: projection({
        hosts: [],
        coverage: coverage({ left_out: [{ problem: 'vm-gone', count: 1, names: ['web-01'] }] }),
      }),
      readings: readings({ inventory: { state: 'missing', as_of: null, error } }),
    });
    expect(text).toContain('Nova did not answer in 30 s. Since 02:45 UTC.');
    expect(text).toContain('Hosts and VMs are not known, so there is no projection.');
    expect(text).not.toContain('gone');
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
