// @vitest-environment happy-dom
import { MINUTE_MS } from '@/lib/units';
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditView } from '@/components/audits/audit-view';
import { detail, host, migration } from './audit-samples';
import { MISSING_READING, NOW, readings } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));
vi.mock('react-chartjs-2', () => import('./canvases'));

// The review of the plan is requested separately and has tests of its own.
beforeEach(() => {
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
});

afterEach(cleanup);

const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u202f', ' ');

function show(changes: Parameters<typeof detail>[0] = {}) {
  const { container } = render(<AuditView detail={detail(changes)} now={NOW} region={null} level={4} />);
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

describe('coverage and confidence', () => {
  it('count and name what is left out', () => {
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
      'Projected 14 of 17 migrations. Left out: 2 VMs are gone (a and b); 1 from an unknown host (c).',
    );
    expect(text).toContain('Based on the measured CPU of each VM.');
  });

  it.each([
    [
      'estimated',
      { projected: 17, measured: 14, estimated: 3 },
      '3 of them are estimated from vCPU shares, the others are measured.',
    ],
    ['estimated', { projected: 17, measured: 0, estimated: 17 }, 'VM CPU is estimated from vCPU shares.'],
    [
      'estimated',
      { projected: 17, measured: 12, estimated: 5, scaled: 3 },
      '2 of them are estimated from vCPU shares, 3 of them are scaled, since the VMs of their hosts were measured at more than the hosts use, the others are measured.',
    ],
    ['allocation-only', {}, 'No host is measured, so only allocations are moved.'],
  ] as const)('describe the confidence %s with %j', (confidence, counts, words) => {
    expect(show({ projection: projection({ confidence, coverage: coverage(counts) }) })).toContain(words);
  });

  it('apply a plan that has run to the load of its time', () => {
    const text = show({ projection: projection({ basis: 'plan-creation', as_of: NOW - 25 * MINUTE_MS }) });
    expect(text).toContain('The load when the plan was made (02:21 UTC), and with the plan applied.');
    expect(text).toContain('CPU per host, when the plan was made and after the plan');
    expect(screen.queryByText('now')).toBeNull();
  });

  it('apply nothing and invent no cause if the time of the plan was not read', () => {
    const left = coverage({
      moves: 1,
      projected: 0,
      left_out: [{ problem: 'no-history', count: 1, names: ['web-01'] }],
    });
    const text = show({ projection: projection({ reason: 'Not read yet.', confidence: 'none', coverage: left }) });
    expect(text).toContain('Not read yet.');
    expect(text).toContain('The load now (02:45 UTC). Projected 0 of 1 migration.');
    expect(text).not.toMatch(/hosts? changes?/);
    expect(text).toContain('Left out: 1 without measurements from that time (web-01).');
    expect(text).not.toContain('with the plan applied');
  });

  it('say where history does not reach', () => {
    expect(show({ projection: projection({ reason: 'Prometheus has no measurements of the time.' }) })).toContain(
      'Prometheus has no measurements of the time.',
    );
  });

  it('say that there is nothing to project without a plan', () => {
    const none = projection({ coverage: coverage({ moves: 0, projected: 0 }), confidence: 'none' });
    const { audit } = detail();
    const text = show({ audit: { ...audit, plan: null }, plans: [], migrations: [], projection: none, drift: null });
    expect(text).toContain('No planThe audit has no action plan. Finished;');
    expect(text).toContain('Created 02:20 UTC, 26 min ago.');
    expect(text).not.toContain('with the plan applied');
  });
});

describe('hosts, now and after the plan', () => {
  const table = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'View as table' }));
    return screen.getByRole('table', { name: 'Every compute host: now → after the plan' });
  };

  it('list the figures of the chart, RAM and allocations in a table', async () => {
    show();
    const rows = [...(await table()).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => plain(cell.textContent)),
    );
    expect(rows).toEqual([
      ['cmp-1', '16', '89.0% to 61.3%', '70.0% to 65.0%', '1,200 to 1,100', '128 GiB to 120 GiB'],
      ['cmp-2', '16', '20.0% to 26.3%', '70.0% to 65.0%', '1,200 to 1,100', '128 GiB to 120 GiB'],
    ]);
  });

  it('name a host that is not measured, which is never 0', async () => {
    const hosts = [host({ host: 'cmp-1' }), host({ host: 'cmp-9', cpu_now: null, cpu_after: null })];
    const text = show({ projection: projection({ hosts }) });
    expect(text).toContain('1 host not drawn, because no exporter reports CPU: cmp-9.');
    expect(await table()).toHaveTextContent('cmp-916–');
    expect(plain(document.body.textContent)).toContain('– under CPU and RAM: no exporter reports that host.');
  });

  it('explain why there is no chart if no host is measured', () => {
    const hosts = [host({ host: 'cmp-1', cpu_now: null, cpu_after: null })];
    const text = show({ projection: projection({ hosts }), readings: readings({ load: MISSING_READING }) });
    expect(text).toContain('There is no chart, because no host is measured. Prometheus refused the connection.');
  });

  it('conclude nothing from missing VMs without Nova', () => {
    const error = { source: 'Nova', message: 'Nova did not answer in 30 s.', since: NOW - MINUTE_MS };
    const text = show({
      migrations: [migration({ problem: 'vm-gone', impact: null, flavor: null, vcpus: null, ram: null })],
      projection: projection({
        hosts: [],
        coverage: coverage({ left_out: [{ problem: 'vm-gone', count: 1, names: ['web-01'] }] }),
      }),
      readings: readings({ inventory: { state: 'missing', as_of: null, error } }),
    });
    expect(text).toContain('Nova did not answer in 30 s. Since 02:45 UTC.');
    expect(text).toContain('Hosts and VMs are unknown, so there is no projection.');
    expect(text).not.toContain('gone');
  });
});
