// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { capacityAddress, capacityCsvAddress, readPlace } from '@/components/capacity/choice';
import { FailurePanel } from '@/components/capacity/failure-panel';
import type { PlaceChoice } from '@/components/capacity/place-tools';
import { SizeForm } from '@/components/capacity/size-form';
import { SlotsBoard } from '@/components/capacity/slots-board';
import { titleOf } from '@/components/capacity/words';
import type { Capacity } from '@/lib/contract/v1/capacity';
import type { HostFailures, HostLoss, ZoneLoss } from '@/lib/contract/v1/host-failures';
import { flavorSlots } from './room-samples';
import { readings } from './samples';

afterEach(cleanup);

vi.mock('next/navigation', () => import('./next-navigation'));

const PLACE: PlaceChoice['place'] = { zone: undefined, aggregate: undefined, by: 'zone', k: 2 };
const CHOICE: PlaceChoice = { place: PLACE, size: { pinned: 'no' }, zones: [], aggregates: [] };

const capacityOf = (more: Partial<Capacity> = {}): Capacity => ({
  flavors: [
    flavorSlots('m1.large', 962, {
      zones: [
        { zone: 'az-a', slots: 552, ends: 'vCPU' },
        { zone: 'az-b', slots: 410, ends: 'RAM' },
      ],
      endings: [{ kind: 'resource', detail: 'VCPU', text: 'vCPU', hosts: 22, full: ['cmp-r01-06'] }],
      closed: [{ name: 'cmp-r01-10', slots: 21 }],
    }),
    flavorSlots('p1.pinned', 4, {
      pinned: true,
      zones: [
        { zone: 'az-a', slots: 4, ends: 'pinned CPU' },
        { zone: 'az-b', slots: 0, ends: 'no pinned CPU left' },
      ],
      endings: [{ kind: 'no-class', detail: 'PCPU', text: 'no pinned CPU', hosts: 20, full: [] }],
    }),
  ],
  not_offered: [{ name: 'm1.xlarge', vms: 189, reason: 'Nova does not list this flavor.' }],
  flavors_reason: null,
  size: null,
  zones: [
    { name: 'az-a', hosts: 12, open_hosts: 11 },
    { name: 'az-b', hosts: 12, open_hosts: 11 },
  ],
  hosts: 24,
  open_hosts: 22,
  unknown_hosts: 0,
  reason: null,
  stranded: null,
  notes: [],
  readings: readings(),
  ...more,
});

const lossOf = (more: Partial<HostLoss> = {}): HostLoss => ({
  hosts: ['cmp-r01-06'],
  vms: 23,
  unplaced: 0,
  unplaced_vms: [],
  unknown_vms: 0,
  leaves: 14,
  ...more,
});

const bad = lossOf({
  hosts: ['cmp-r02-06'],
  vms: 19,
  unplaced: 2,
  unplaced_vms: ['pin-01', 'pin-02'].map((name) => ({
    id: name,
    name,
    project_id: 'shop',
    flavor: 'p1.pinned',
    host: 'cmp-r02-06',
    why: 'nowhere',
    text: 'No other open host of az-b takes it.',
  })),
});

const zoneOf = (zone: string, more: Partial<ZoneLoss> = {}): ZoneLoss => ({
  zone,
  hosts: 11,
  hosts_with_unplaced: 0,
  tightest: lossOf(),
  worst: [],
  together: lossOf({ hosts: ['cmp-r01-06', 'cmp-r01-07'] }),
  survives: 3,
  ...more,
});

const failuresOf = (more: Partial<HostFailures> = {}): HostFailures => ({
  zones: [zoneOf('az-a'), zoneOf('az-b', { hosts_with_unplaced: 1, tightest: bad, worst: [bad] })],
  groups: [{ kind: 'rack', name: 'cmp-r01', loss: lossOf({ hosts: ['cmp-r01-01', 'cmp-r01-02'] }) }],
  k: 2,
  asked: null,
  hosts: [],
  reference: 'm1.large',
  reason: null,
  notes: [],
  readings: readings(),
  ...more,
});

describe('the page about capacity', () => {
  it('begins with the room for the commonest flavor and the worst news', () => {
    const title = (failures: HostFailures, capacity = capacityOf()) => titleOf({ capacity, failures }, CHOICE.place);
    expect(title(failuresOf())).toBe('962 more m1.large fit; az-b can’t lose a host');
    expect(title(failuresOf({ zones: [zoneOf('az-a')] }))).toBe('962 more m1.large fit; any one host may fail');
    expect(title(failuresOf(), capacityOf({ reason: 'Placement is silent.' }))).toBe(
      'How many more VMs fit is unknown',
    );
    expect(title(failuresOf(), capacityOf({ flavors: [] }))).toBe('No flavor to count');
  });

  it('shows zones beside each other, and for the chosen flavor why not more', async () => {
    render(<SlotsBoard capacity={capacityOf()} choice={CHOICE} />);
    const row = screen.getByRole('row', { name: /^p1\.pinned/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['4pinned CPU', '0no pinned CPU left', '4', '117', 'Why not more']);
    expect(screen.getByRole('heading', { name: 'Why not more m1.large' })).toBeInTheDocument();
    expect(screen.getAllByText('cmp-r01-10')[0]?.parentElement).toHaveTextContent('cmp-r01-10, which would add 21');
    // On phones it is below the name, on wide screens at the end of the row.
    const [button] = within(row).getAllByRole('button', { name: 'Why not more p1.pinned' });
    if (button) await userEvent.click(button);
    expect(screen.getByRole('heading', { name: 'Why not more p1.pinned' })).toBeInTheDocument();
    expect(screen.getAllByText('No pinned CPU')[0]?.parentElement).toHaveTextContent('20 hosts');
  });

  it('names flavors of VMs that Nova lists no more, which have no row', () => {
    const { container } = render(<SlotsBoard capacity={capacityOf()} choice={CHOICE} />);
    expect(container.textContent).toContain('which Nova lists no more: m1.xlarge (189 VMs).');
    expect(screen.queryByRole('rowheader', { name: /m1.xlarge/ })).toBeNull();
  });

  it('has no column for the region where there is one zone', () => {
    const zones = [{ zone: 'nova', slots: 3, ends: 'RAM' }];
    const flavors = [flavorSlots('m1.large', 3, { zones })];
    render(
      <SlotsBoard
        capacity={capacityOf({ flavors, zones: [{ name: 'nova', hosts: 3, open_hosts: 3 }] })}
        choice={CHOICE}
      />,
    );
    expect(screen.queryByRole('columnheader', { name: 'Region' })).toBeNull();
    expect(screen.getByRole('columnheader', { name: 'nova' })).toBeInTheDocument();
  });

  it('shows aggregates instead of zones, with all hosts beside them', () => {
    const flavors = [
      flavorSlots('m1.large', 962, { aggregates: [{ aggregate: 'ssd', slots: 14, ends: 'RAM' }] }),
      flavorSlots('m1.small', 5, { aggregates: [{ aggregate: 'ssd', slots: 0, ends: 'vCPU' }] }),
    ];
    const choice = { ...CHOICE, place: { ...PLACE, by: 'aggregate' } as const, aggregates: ['ssd'] };
    render(<SlotsBoard capacity={capacityOf({ flavors })} choice={choice} />);
    const columns = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    expect(columns.slice(1, 3)).toEqual(['ssd', 'Region']);
    expect(screen.getByRole('link', { name: 'Export CSV' })).toHaveAttribute('href', '/capacity.csv?by=aggregate');
    expect(screen.getByText(/A host may be in several aggregates or in none/)).toBeInTheDocument();
  });

  it('says in its title which hosts it counts', () => {
    const page = { capacity: capacityOf(), failures: failuresOf({ zones: [] }) };
    expect(titleOf(page, { ...PLACE, zone: 'az-a' })).toBe('962 more m1.large fit in az-a');
    expect(titleOf(page, { ...PLACE, zone: 'az-a', aggregate: 'ssd' })).toBe('962 more m1.large fit in az-a and ssd');
  });

  it('keeps its place where a size is asked for', () => {
    const place = { ...PLACE, zone: 'az-b' };
    expect(capacityAddress({ vcpus: 4, pinned: 'no' }, place)).toBe('/capacity/?vcpus=4&zone=az-b');
    const { container } = render(<SizeForm size={{ pinned: 'no' }} place={place} />);
    expect(container.querySelector('input[name=zone]')).toHaveValue('az-b');
    expect(container.querySelector('input[name=aggregate]')).toBeNull();
  });

  it('never says that there is no place, only that none was found', async () => {
    render(<FailurePanel failures={failuresOf()} {...CHOICE} />);
    expect(screen.getByText('az-a: yes, any one of 11.')).toBeInTheDocument();
    expect(
      screen.getByText('az-b: no. Without cmp-r02-06 no place was found for 2 of its 19 VMs:'),
    ).toBeInTheDocument();
    expect(screen.getByText('pin-01 and pin-02')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '2 hosts' }));
    expect(screen.getByText('az-a: yes, not even cmp-r01-06 and cmp-r01-07, the worst two found.')).toBeInTheDocument();
    expect(screen.getAllByText('As far as was tried, any three hosts may fail.')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: '1 rack' }));
    expect(screen.getByText('cmp-r01: yes, all 2 hosts.')).toBeInTheDocument();
  });

  it('keeps in its address how many hosts fail, and asks the API for them apart from slots', () => {
    expect(readPlace({ k: '4' })).toEqual({ ...PLACE, k: 4 });
    expect(readPlace({ k: '99' }).k).toBe(8);
    expect(readPlace({ k: '1' }).k).toBe(2);
    expect(capacityAddress({ pinned: 'no' }, { ...PLACE, k: 4 })).toBe('/capacity/?k=4');
    expect(capacityCsvAddress({ pinned: 'no' }, { ...PLACE, k: 4 })).toBe('/capacity.csv');
  });

  it('begins with several hosts if the address names how many', () => {
    render(<FailurePanel failures={failuresOf({ k: 4 })} {...CHOICE} place={{ ...PLACE, k: 4 }} />);
    expect(screen.getByRole('button', { name: '4 hosts' })).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('combobox', { name: 'How many hosts fail' })).toHaveValue('4');
  });

  it('shows the chosen aggregate among those that may fail, however large it is', async () => {
    const failures = failuresOf({ asked: lossOf({ hosts: ['a', 'b', 'c'] }) });
    render(<FailurePanel failures={failures} {...CHOICE} place={{ ...PLACE, aggregate: 'ssd' }} />);
    await userEvent.click(screen.getByRole('button', { name: '1 aggregate' }));
    expect(screen.getByText('ssd: yes, all 3 hosts.')).toBeInTheDocument();
  });

  it('says why nothing is known', () => {
    render(
      <FailurePanel failures={failuresOf({ zones: [], groups: [], reason: 'Placement is silent.' })} {...CHOICE} />,
    );
    expect(screen.getByText('Placement is silent.')).toBeInTheDocument();
  });
});
