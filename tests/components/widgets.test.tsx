// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WIDGETS } from '@/components/widgets';
import type { Payloads } from '@/components/widgets/widget';
import type { Overview } from '@/lib/contract/v1/overview';
import { HOSTS, HOSTS_400, NO_HOSTS, proposalOf } from './host-samples';
import { EMPTY, FULL, LIMITS, MISSING_READING, NOW, readings, SOURCES, STALE, UNKNOWN } from './samples';

vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: () => {}, refresh: () => {} }),
  usePathname: () => '/',
  useSearchParams: () => new URLSearchParams(),
}));

beforeEach(() => {
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
});
afterEach(cleanup);

const OLD = readings({ inventory: STALE, allocations: STALE, load: STALE, optimizer: STALE });

/** Everything that a widget may need, of one state of the cloud. */
function payloads(overview: Overview, changes: Partial<Payloads> = {}): Payloads {
  return {
    virtual: overview,
    physical: overview,
    hosts: HOSTS,
    proposal: proposalOf(),
    sources: SOURCES,
    ...changes,
  };
}

const STATES: [string, Payloads][] = [
  ['full', payloads(FULL)],
  [
    'unknown',
    payloads(UNKNOWN, {
      hosts: {
        ...HOSTS,
        hosts: { ...HOSTS.hosts, cpu: [null, null, null, null, null], ram: [null, null, null, null, null] },
        used_percentage: null,
        reason: 'Prometheus refused the connection.',
        after: null,
      },
      proposal: proposalOf({ outcome: null }),
    }),
  ],
  [
    'empty',
    payloads(EMPTY, {
      hosts: NO_HOSTS,
      proposal: proposalOf({ total: 0, audit: null, outcome: null }),
      sources: { sources: [] },
    }),
  ],
  [
    'old',
    payloads(
      { ...FULL, readings: OLD },
      { hosts: { ...HOSTS, readings: OLD }, proposal: proposalOf({ readings: OLD }) },
    ),
  ],
  ['of 400 hosts', payloads(FULL, { hosts: HOSTS_400 })],
];

/** A widget as the page shows it, by its name. */
function show(name: string, overview: Overview = FULL, changes: Partial<Payloads> = {}): string {
  const found = WIDGETS.find((widget) => widget.name === name);
  if (!found) throw new Error(`no widget ${name}`);
  const given = payloads(overview, changes);
  const { container } = render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <p>{found.aside(given)}</p>
      {found.render(given, NOW, LIMITS) ?? <p>nothing</p>}
    </SWRConfig>,
  );
  return (container.textContent ?? '').replaceAll('\u202f', ' ');
}

describe('every registered widget', () => {
  it.each(WIDGETS.flatMap((widget) => STATES.map((state) => [widget.name, ...state] as const)))(
    '%s shows a cloud that is %s without a broken number',
    (name, _kind, given) => {
      const text = show(name, FULL, given);
      expect(text).not.toBe('');
      expect(text).not.toMatch(/NaN|Infinity|undefined|null|object/);
    },
  );

  it.each(WIDGETS.map(({ name }) => name))('%s says of when old data is', (name) => {
    const text = show(name, FULL, STATES[3]?.[1]);
    expect(text).toContain('02:41');
  });

  it('a source that fails: the widget’s own words, or none, so that its slot says it', () => {
    for (const widget of WIDGETS) {
      const { container } = render(widget.fail('Nova refused the connection.') ?? <p>Nova refused the connection.</p>);
      expect(container).toHaveTextContent('Nova refused the connection.');
    }
  });

  it('has a name and a title of its own', () => {
    expect(new Set(WIDGETS.map(({ name }) => name)).size).toBe(WIDGETS.length);
    expect(new Set(WIDGETS.map(({ title }) => title)).size).toBe(WIDGETS.length);
  });

  it('shows nothing before its payload is there', () => {
    for (const widget of WIDGETS) expect(widget.render({}, NOW, LIMITS)).toBeNull();
  });
});

describe('physical CPU and RAM', () => {
  it('show the share, the amounts, and how many hosts are not in them', () => {
    const text = show('physical-cpu');
    expect(text).toContain('867 free');
    expect(text).toContain('51.6% used');
    expect(text).toContain('925 of 1,792 cores');
    expect(text).toContain('1 host out');
    expect(screen.getByTitle('1 host not measured')).toBeInTheDocument();
    expect(show('physical-ram')).toContain('7.2 TiB of 14 TiB');
  });

  it.each([
    [69.9, null],
    [70, 'warm'],
    [85, 'hot'],
  ])('%d%% CPU is said in a word too: %s', (share, word) => {
    show('physical-cpu', { ...FULL, pcpu: { ...FULL.pcpu, used_percentage: share } });
    expect(screen.queryByText('warm') !== null).toBe(word === 'warm');
    expect(screen.queryByText('hot') !== null).toBe(word === 'hot');
    const meter = screen.getByRole('meter', { name: 'Physical CPU in use' });
    expect(meter).toHaveAttribute('aria-valuenow', String(share));
    expect(meter.getAttribute('aria-valuetext')).toContain('warm from 70%, hot from 85%');
  });

  it('a dash and the reason where nothing is measured, and no meter', () => {
    expect(show('physical-cpu', UNKNOWN)).toMatch(/^–No exporter reports a compute host\./);
    expect(screen.queryByRole('meter')).toBeNull();
  });

  it('without Prometheus: the total of Placement, and why, once', () => {
    const pcpu = {
      ...UNKNOWN.pcpu,
      total: 1792,
      source: 'placement' as const,
      reason: 'Prometheus refused the connection.',
    };
    const text = show('physical-cpu', { ...FULL, pcpu, readings: readings({ load: MISSING_READING }) });
    expect(text.match(/refused the connection/g)).toHaveLength(1);
    expect(text).toContain('– of 1,792 cores');
  });

  it('0 of 0 is a dash, not 0%', () => {
    expect(show('physical-cpu', EMPTY)).toContain('–The region has no hosts.');
    expect(show('virtual-ram', EMPTY)).toContain('–The region has no hosts.');
  });
});

describe('virtual CPU and RAM', () => {
  it('show the overcommit now against the limit, on a scale to it', () => {
    const text = show('virtual-cpu');
    expect(text).toContain('4,118 free');
    expect(text).toContain('1.70× of 4.0×');
    expect(text).toContain('3,050 of 7,168 vCPU');
    expect(text).toContain('43%');
    expect(screen.getByRole('meter', { name: 'Virtual CPU allocated' })).toHaveAttribute('aria-valuemax', '4');
    expect(show('virtual-ram')).toContain('0.63× of 1.5×');
  });

  it('a great region has short numbers for narrow cells, and the whole ones beside them', () => {
    const vcpu = { ...FULL.vcpu, allocated: 122_854, total: 298_624 };
    expect(show('virtual-cpu', { ...FULL, vcpu })).toContain('122,854 of 298,624 vCPU123k of 299k');
  });

  it('more allocated than there is: the numbers say so, and the meter is full', () => {
    const vcpu = { ...FULL.vcpu, overcommit_ratio: 4.5, allocated: 8064, free: -896, allocated_percentage: 112.5 };
    const text = show('virtual-cpu', { ...FULL, vcpu });
    expect(text).toContain('113%');
    expect(text).toContain('\u2212896 free');
    expect(screen.getByRole('meter')).toHaveAttribute('aria-valuenow', '4');
  });

  it('a dash and the reason without Placement', () => {
    expect(show('virtual-cpu', UNKNOWN)).toMatch(/^–Placement returned 503\./);
  });

  it('a part that is not known is said beside the sum', () => {
    const vcpu = { ...FULL.vcpu, reason: 'Placement does not know 1 of 24 hosts.' };
    expect(show('virtual-cpu', { ...FULL, vcpu })).toContain('Placement does not know 1 of 24 hosts.');
  });
});

describe('VMs and flavors', () => {
  it('VMs by state and density; the rest by name in the tooltip', () => {
    const text = show('vms');
    expect(text).toMatch(/24\.0 per host577553 active20 stopped, 4 other/);
    expect(screen.getByTitle('553 active, 20 stopped, 4 ERROR')).toBeInTheDocument();
    expect(screen.getByTitle('Mean size 5.3 vCPU, 16 GiB; 576 VMs on 24 hosts')).toBeInTheDocument();
  });

  it('no density without hosts', () => {
    expect(show('vms', EMPTY)).not.toContain('per host');
  });

  it('the three most used flavors; an id is shortened and kept in the tooltip', () => {
    const text = show('flavors');
    expect(text).toContain('m1.large174');
    expect(text).toContain('m1.xlarge1');
    expect(text).not.toContain('m1.tiny');
    expect(screen.getByText('3f6c2c1e')).toHaveAttribute('title', '3f6c2c1e-8a44-4f5f-9b1f-0d7d1c9f2a10');
  });

  it('markup in a flavor’s name is text', () => {
    show('flavors', { ...FULL, flavors: [{ name: '<img src=x onerror=alert(1)>', count: 2 }] });
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });
});
