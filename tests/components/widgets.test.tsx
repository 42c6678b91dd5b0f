// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WIDGETS } from '@/components/widgets';
import type { Answer, Answers, Payloads } from '@/components/widgets/widget';
import type { Overview } from '@/lib/contract/v1/overview';
import { HOSTS, HOSTS_400, listed, NO_HOSTS, NO_PROPOSAL, newsOf, proposalOf } from './host-samples';
import { ROOM } from './room-samples';
import { EMPTY, FULL, LIMITS, MISSING_READING, NOW, readings, SOURCES, STALE, UNKNOWN } from './samples';

vi.mock('react-chartjs-2', () => import('./canvases'));
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

/** Everything that a widget can need, for one state of the cloud. */
function payloads(overview: Overview, changes: Partial<Payloads> = {}): Payloads {
  return {
    virtual: overview,
    physical: overview,
    hosts: HOSTS,
    proposal: proposalOf(),
    news: newsOf(),
    sources: SOURCES,
    room: ROOM,
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
      proposal: proposalOf({ hot: null, best: null, top: [listed({ worth: null, worth_reason: 'Nova is silent.' })] }),
      room: { ...ROOM, reason: 'Placement refused the connection.' },
    }),
  ],
  [
    'empty',
    payloads(EMPTY, {
      hosts: NO_HOSTS,
      proposal: NO_PROPOSAL,
      news: newsOf({ items: [] }),
      sources: { sources: [] },
      room: { ...ROOM, flavors: [] },
    }),
  ],
  [
    'old',
    payloads(
      { ...FULL, readings: OLD },
      {
        hosts: { ...HOSTS, readings: OLD },
        proposal: proposalOf({ readings: OLD }),
        news: newsOf({ readings: OLD }),
        room: { ...ROOM, readings: OLD },
      },
    ),
  ],
  ['large', payloads(FULL, { hosts: HOSTS_400 })],
];

const answersOf = (given: Payloads): Answers => ({
  virtual: answer(given.virtual),
  physical: answer(given.physical),
  hosts: answer(given.hosts),
  proposal: answer(given.proposal),
  news: answer(given.news),
  sources: answer(given.sources),
  room: answer(given.room),
});

async function answer<Data>(data: Data): Promise<Answer<Data>> {
  return { ok: true, data };
}

/** Shows a widget as the page does, by its name. */
async function show(name: string, overview: Overview = FULL, changes: Partial<Payloads> = {}): Promise<string> {
  const found = WIDGETS.find((widget) => widget.name === name);
  if (!found) throw new Error(`no widget ${name}`);
  const filling = await found.fill(answersOf(payloads(overview, changes)));
  if (!filling.ok) throw new Error(filling.message);
  const { container } = render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <p>{filling.aside}</p>
      {filling.render(NOW, LIMITS)}
    </SWRConfig>,
  );
  return (container.textContent ?? '').replaceAll('\u202f', ' ');
}

describe('every registered widget', () => {
  it.each(WIDGETS.flatMap((widget) => STATES.map((state) => [widget.name, ...state] as const)))(
    '%s shows a cloud that is %s without a broken number',
    async (name, _kind, given) => {
      const text = await show(name, FULL, given);
      // A line is there only if it has something to say.
      if (WIDGETS.find((one) => one.name === name)?.place !== 'line') expect(text).not.toBe('');
      if (name === 'running-plans') expect(text === '').toBe(given.proposal.running.length === 0);
      expect(text).not.toMatch(/NaN|Infinity|undefined|null|object/);
    },
  );

  it.each(WIDGETS.map(({ name }) => name))('%s shows the time of old data', async (name) => {
    expect(await show(name, FULL, STATES[3]?.[1])).toContain('02:41');
  });

  it.each(WIDGETS.map((widget) => [widget.name, widget] as const))(
    '%s says why its source has no data',
    async (_, widget) => {
      const failed = Promise.resolve({ ok: false, problem: { message: 'Nova refused the connection.' } } as const);
      const answers: Answers = {
        virtual: failed,
        physical: failed,
        hosts: failed,
        proposal: failed,
        news: failed,
        sources: failed,
        room: failed,
      };
      expect(await widget.fill(answers)).toEqual({ ok: false, message: 'Nova refused the connection.' });
    },
  );

  it('has its own name and title', () => {
    expect(new Set(WIDGETS.map(({ name }) => name)).size).toBe(WIDGETS.length);
    expect(new Set(WIDGETS.map(({ title }) => title)).size).toBe(WIDGETS.length);
  });
});

describe('the widgets of physical CPU and RAM', () => {
  it('show the share, the amounts and how many hosts are not measured', async () => {
    const text = await show('physical-cpu');
    expect(text).toContain('867 free');
    expect(text).toContain('51.6% used');
    expect(text).toContain('925 of 1,792 cores');
    expect(text).toContain('1 host not measured');
    expect(screen.getByTitle('1 host not measured')).toBeInTheDocument();
    expect(await show('physical-ram')).toContain('7.2 TiB of 14 TiB');
  });

  it.each([
    [69.9, null],
    [70, 'warm'],
    [85, 'hot'],
  ])('says the level of %d%% CPU in a word, too: %s', async (share, word) => {
    await show('physical-cpu', { ...FULL, pcpu: { ...FULL.pcpu, used_percentage: share } });
    expect(screen.queryByText('warm') !== null).toBe(word === 'warm');
    expect(screen.queryByText('hot') !== null).toBe(word === 'hot');
    const meter = screen.getByRole('meter', { name: 'Physical CPU in use' });
    expect(meter).toHaveAttribute('aria-valuenow', String(share));
    expect(meter.getAttribute('aria-valuetext')).toContain('warm from 70%, hot from 85%');
  });

  it('show a dash, the reason and no meter where nothing is measured', async () => {
    expect(await show('physical-cpu', UNKNOWN)).toMatch(/^–No exporter reports a compute host\./);
    expect(screen.queryByRole('meter')).toBeNull();
  });

  it('show the total from Placement and the reason once without Prometheus', async () => {
    const pcpu = {
      ...UNKNOWN.pcpu,
      total: 1792,
      source: 'placement' as const,
      reason: 'Prometheus refused the connection.',
    };
    const text = await show('physical-cpu', { ...FULL, pcpu, readings: readings({ load: MISSING_READING }) });
    expect(text.match(/refused the connection/g)).toHaveLength(1);
    expect(text).toContain('– of 1,792 cores');
  });

  it('show a dash for 0 of 0, not 0%', async () => {
    expect(await show('physical-cpu', EMPTY)).toContain('–The region has no hosts.');
    expect(await show('virtual-ram', EMPTY)).toContain('–The region has no hosts.');
  });
});

describe('the widgets of virtual CPU and RAM', () => {
  it('show the overcommit on a scale that ends at its limit', async () => {
    const text = await show('virtual-cpu');
    expect(text).toContain('4,118 free');
    expect(text).toContain('1.70× of 4.0×');
    expect(text).toContain('3,050 of 7,168 vCPU');
    expect(text).toContain('43%');
    expect(screen.getByRole('meter', { name: 'Virtual CPU allocated' })).toHaveAttribute('aria-valuemax', '4');
    expect(await show('virtual-ram')).toContain('0.63× of 1.5×');
  });

  it('have short numbers for narrow cells of a large region', async () => {
    const vcpu = { ...FULL.vcpu, allocated: 122_854, total: 298_624 };
    expect(await show('virtual-cpu', { ...FULL, vcpu })).toContain('122,854 of 298,624 vCPU123k of 299k');
  });

  it('show a full meter and the real numbers where more is allocated than there is', async () => {
    const vcpu = { ...FULL.vcpu, overcommit_ratio: 4.5, allocated: 8064, free: -896, allocated_percentage: 112.5 };
    const text = await show('virtual-cpu', { ...FULL, vcpu });
    expect(text).toContain('113%');
    expect(text).toContain('\u2212896 free');
    expect(screen.getByRole('meter')).toHaveAttribute('aria-valuenow', '4');
  });

  it('show a dash and the reason without Placement', async () => {
    expect(await show('virtual-cpu', UNKNOWN)).toMatch(/^–Placement returned 503\./);
  });

  it('say which part of a sum is unknown', async () => {
    const vcpu = { ...FULL.vcpu, reason: 'Placement does not have 1 of 24 hosts.' };
    expect(await show('virtual-cpu', { ...FULL, vcpu })).toContain('Placement does not have 1 of 24 hosts.');
  });
});

describe('the widget of VMs', () => {
  it('show VMs by state and per host, and the rarer states in the tooltip', async () => {
    const text = await show('vms');
    expect(text).toMatch(/mean 5\.3 vCPU, 16.GiB577 24\.0 per host553 active20 stopped, 4 other/);
    expect(screen.getByTitle('553 active, 20 stopped, 4 ERROR')).toBeInTheDocument();
    expect(screen.getByTitle('What is allocated to a VM on average; 576 VMs on 24 hosts')).toBeInTheDocument();
  });

  it('show no VMs per host without hosts', async () => {
    expect(await show('vms', EMPTY)).not.toContain('per host');
  });
});
