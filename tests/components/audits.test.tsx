// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditDetail } from '@/components/audits/audit-detail';
import { AuditList } from '@/components/audits/audit-list';
import { describeBars, pickBars } from '@/components/charts/host-chart';
import { detail, FRESH, migration, NOW, summary } from './payloads';

// A canvas draws nothing here; what it would show is in its label and in the table.
vi.mock('react-chartjs-2', () => ({ Bar: () => null }));

afterEach(cleanup);
const textOf = (element: HTMLElement) => (element.textContent ?? '').replaceAll('\u202f', ' ');

describe('the list of audits', () => {
  const list = (total: number, offset = 0) => ({
    audits: [summary(), summary({ id: 'audit-2', name: 'quiet', plan: { ...plan, actions: 0, migrations: 0 } })],
    total,
    limit: 50,
    offset,
    readings: FRESH,
  });
  const plan = { id: 'p', state: 'SUCCEEDED', created_at: NOW, updated_at: null, actions: 2, migrations: 2 };

  it('links each audit by its id, marks the chosen one and says what it proposes', () => {
    render(<AuditList list={list(2)} selected="audit-1" now={NOW} older={0} />);
    const [first, second] = screen.getAllByRole('link');
    expect(first).toHaveAttribute('href', '/?audit=audit-1');
    expect(first).toHaveAttribute('aria-current', 'true');
    expect(first && textOf(first)).toContain('2 migrations26 min ago');
    expect(second).toHaveTextContent('No changes proposed');
    expect(second).not.toHaveAttribute('aria-current');
  });

  it('leads to older ones', () => {
    render(<AuditList list={list(120)} selected={undefined} now={NOW} older={0} />);
    expect(screen.getByRole('link', { name: 'Show older (70)' })).toHaveAttribute('href', '/?older=50');
  });
});

describe('an audit', () => {
  it('shows settings, and a dash for a weight that the strategy has not', () => {
    render(<AuditDetail detail={detail()} now={NOW} />);
    const settings = screen.getByRole('region', { name: 'Settings' });
    expect(textOf(settings)).toContain('SUCCEEDED: Finished.');
    expect(textOf(settings)).toContain('WeightsCPU 1.00, RAM –');
  });

  it('shows each host now and after the plan as a table, and one that is not measured by name', () => {
    render(<AuditDetail detail={detail()} now={NOW} />);
    const table = screen.getByRole('table', { name: 'Every compute host, now → after the plan', hidden: true });
    const rows = within(table).getAllByRole('row', { hidden: true }).map(textOf);
    expect(rows[1]).toContain('cmp-1');
    expect(rows[1]).toContain('89.0% → 61.2%');
    expect(rows[3]).toContain('cmp-3');
    expect(rows[3]).toContain('–');
    expect(screen.getByText('1 host not measured: cmp-3.')).toBeInTheDocument();
  });

  it('names what is not projected and why', () => {
    const base = detail();
    const projection = base.projection && {
      ...base.projection,
      confidence: 'estimated' as const,
      coverage: {
        moves: 17,
        projected: 14,
        measured: 10,
        estimated: 4,
        scheduler_chosen: 1,
        left_out: [
          { problem: 'vm-gone' as const, count: 2, names: ['a', 'b'] },
          { problem: 'no-destination' as const, count: 1, names: ['c'] },
        ],
      },
    };
    render(<AuditDetail detail={{ ...base, projection }} now={NOW} />);
    expect(screen.getByText(/Projected 14 of 17 migrations\./)).toHaveTextContent(
      'Not projected: 2 VMs are gone (a and b); 1 with a destination that the scheduler will choose, only the source is relieved (c).',
    );
    expect(screen.getByText(/estimated from their vCPUs/)).toBeInTheDocument();
  });

  it('shows moves with hostile and long names as text, and who chooses the destination', () => {
    const long = 'x'.repeat(204);
    const migrations = [
      migration({ instance_name: '<b>bold</b>', problem: 'vm-elsewhere', projected: false }),
      migration({ action_id: '2', instance_name: long, destination: null, impact: null }),
    ];
    const { container } = render(<AuditDetail detail={detail({ migrations })} now={NOW} />);
    const rows = within(screen.getByRole('table', { name: /in the order/ }))
      .getAllByRole('row')
      .map(textOf);
    expect(rows[1]).toContain('<b>bold</b>');
    expect(rows[1]).toContain('PENDING: VM is on another host than the plan says');
    expect(rows[2]).toContain(long);
    expect(rows[2]).toContain('chosen by the scheduler');
    expect(rows[2]).toContain('not known');
    expect(container.querySelector('b')).toBeNull();
  });

  it('shows other actions in their waves, of unknown types too', () => {
    const action = {
      id: '1',
      type: 'rebuild_the_world',
      state: 'PENDING',
      meaning: 'Not started.',
      target: 'cmp-1',
      detail: 'level: 11',
      parents: [],
      status_message: null,
    };
    render(<AuditDetail detail={detail({ waves: [[], [action]], migrations: [] })} now={NOW} />);
    expect(textOf(screen.getByRole('region', { name: 'Other actions' }))).toContain(
      'Wave 2rebuild_the_world cmp-1, level: 11 (PENDING: Not started.)',
    );
    expect(screen.getByText('No migrations.')).toBeInTheDocument();
  });
});

describe('the chart', () => {
  const bars = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ host: `h-${i}`, now: 50, after: 50 + (i % 40) }));

  it('draws all hosts up to 60, above that the 24 that change most, in their order', () => {
    expect(pickBars(bars(60))).toHaveLength(60);
    const picked = pickBars(bars(400));
    expect(picked).toHaveLength(24);
    expect(picked.every(({ after }) => after >= 86)).toBe(true);
    const positions = picked.map(({ host }) => Number(host.slice(2)));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('says in a sentence what it shows', () => {
    expect(
      describeBars([
        { host: 'a', now: 89, after: 40 },
        { host: 'b', now: 20, after: 61.2 },
      ]),
    ).toBe('CPU of 2 hosts: the hottest is a with 89.0% now, and b with 61.2% after the plan.');
    expect(describeBars([])).toBe('CPU per host: no host is measured.');
  });
});
