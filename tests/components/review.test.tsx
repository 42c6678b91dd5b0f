// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReviewBoard } from '@/components/review/review-board';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewPage } from '@/lib/domain/review/review-page';
import { aimOf } from '@/lib/domain/review/trim-aim';
import { host, move, scene, vm } from '../domain/review/scene';
import { NOW, readings } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

/** a has 60% and b 40%; the plan moves 10 points from a to b, and a VM that is gone. */
const review = (more: Partial<Scene> = {}): ReviewPage => {
  const set = scene({
    hosts: [host('a', 60), host('b', 40), host('c', 20)],
    vms: [vm('x', 'a')],
    steps: [move('x', 'a', 'b'), move('gone', 'a', 'b', { wave: 2, vm_name: 'was-here' })],
    ...more,
  });
  return {
    audit: {
      id: 'audit',
      name: 'nightly',
      type: 'ONESHOT',
      state: 'SUCCEEDED',
      state_meaning: '',
      goal: 'g',
      strategy: 's',
    },
    plan: {
      id: 'plan',
      state: 'RECOMMENDED',
      state_meaning: 'Waiting for approval.',
      status_message: null,
      strategy: 's',
      created_at: NOW,
      updated_at: null,
      expires_at: null,
      replaced_by: null,
      action_counts: null,
      migrations: 2,
      outcome: null,
      explanation: null,
      cautions: [],
      efficacy: [],
      global_efficacy: [],
    },
    waves: [],
    made_at: NOW,
    scene: set,
    aim: aimOf('g', {}),
    delivered: null,
    readings: readings(),
  };
};

const show = (given: ReviewPage) =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <ReviewBoard review={given} now={NOW} />
    </SWRConfig>,
  );
/** Requests, but for the bar below the review. */
const others = ({ mock }: { mock: { calls: unknown[][] } }) =>
  mock.calls.map(([address]) => `${address}`).filter((address) => !address.endsWith('/check/'));
const verdict = () => document.querySelector('#verdict')?.textContent?.trim();
const score = () => screen.getByTestId('score').textContent?.replace(/\s+/g, ' ').trim();

describe('the review on screen', () => {
  it('shows the verdict, and the reasons for each move', () => {
    show(review());
    expect(verdict()).toBe('1 of 2 moves would fail');
    expect(screen.getByText('The VM is gone: Nova has no VM with this id.')).toBeInTheDocument();
    expect(screen.getByText('Since the plan was made: 1 VM gone.')).toBeInTheDocument();
  });

  it('follows a tick immediately, in figures and address, without a request', async () => {
    const fetch = vi.spyOn(window, 'fetch');
    show(review());
    const before = score();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Run the move of was-here' }));
    expect(verdict()).toBe('No problems found in 1 move');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Run the move of name-of-x' }));
    expect(verdict()).toBe('No moves left in this variant');
    expect(score()).not.toBe(before);
    expect(window.location.search).toBe('?off=1-2');
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect([score(), window.location.search]).toEqual([before, '']);
    expect(others(fetch)).toEqual([]);
  });

  it('calls a rank a rank, and names the number by which `off` and exports know a move', () => {
    show(review());
    const box = screen.getByRole('checkbox', { name: 'Run the move of was-here' });
    const [first, second] = Array.from(box.closest('tr')?.cells ?? [], ({ textContent }) => textContent);
    expect(first?.trim()).toMatch(/^rank \d$/);
    expect(second).toMatch(/move 2 in wave 2/);
  });

  it('starts with the variant in the address', () => {
    window.history.replaceState(null, '', '/?off=2&to=1~c');
    show(review());
    expect(screen.getByText('1 move left out')).toBeInTheDocument();
    expect(screen.getByText('1 other destination')).toBeInTheDocument();
    const hosts = screen.getByRole('region', { name: 'Hosts now and after the plan' });
    expect(within(hosts).getByRole('row', { name: /^c/ }).textContent).toContain('20% to 30%');
  });

  it('leaves out a move that drains a host, and keeps that in the address', async () => {
    show(review({ vms: [vm('x', 'a'), vm('y', 'b')], steps: [] }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Drain a host' }), 'a');
    expect(verdict()).toBe('No problems found in 1 move');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Run the move of name-of-x' }));
    expect(verdict()).toBe('No moves left in this variant');
    expect(window.location.search).toBe('?empty=a&stay=x');
    expect(screen.getByText('1 VM stays there')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Do not drain a' }));
    expect(window.location.search).toBe('');
  });

  it('ticks or unticks all moves that a search leaves', async () => {
    const steps = [move('x', 'a', 'b'), move('y', 'a', 'b'), move('z', 'b', 'c')];
    show(review({ vms: [vm('x', 'a'), vm('y', 'a'), vm('z', 'b')], steps }));
    await userEvent.click(screen.getByRole('button', { name: 'Untick all' }));
    expect(window.location.search).toBe('?off=1-3');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search moves' }), 'name-of-y');
    const table = screen.getByRole('region', { name: 'Moves of the plan' });
    expect(within(table).getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Tick all 1' }));
    expect(window.location.search).toBe('?off=1.3');
  });

  it('shows the variant in the order of execution: moves left out, sent elsewhere and added', () => {
    const action = (id: string, target: string) => ({
      id,
      type: 'migrate',
      label: 'move',
      state: 'PENDING',
      meaning: 'Waiting.',
      happened: null,
      target,
      detail: 'live',
      parents: [],
      status_message: null,
    });
    window.history.replaceState(null, '', '/?off=1&to=2~c&empty=b');
    show({
      ...review({ vms: [vm('x', 'a'), vm('y', 'a'), vm('z', 'b')], steps: [move('x', 'a', 'b'), move('y', 'a', 'b')] }),
      waves: [[action('x:a', 'name-of-x'), action('y:a', 'name-of-y')]],
    });
    const order = screen.getByRole('region', { name: 'Execution order' });
    expect(order.textContent).toContain('2 actions in 2 waves');
    const chips = [...order.querySelectorAll('li li')].map((chip) => chip.textContent);
    expect(chips).toEqual([
      'movename-of-xLeft out',
      'movename-of-yTo c instead',
      expect.stringContaining('Added: b → '),
    ]);
  });

  it('says which part of a link means nothing, and leads to the plan', () => {
    window.history.replaceState(null, '', '/?off=1.99999&to=zzz&empty=nowhere');
    show(review());
    expect(screen.getByText('1 move left out')).toBeInTheDocument();
    const notice = screen.getByText(/A part of the link means nothing for this plan/);
    expect(notice.textContent).toContain('In off: there is no move 99999: this plan has moves 1 to 2, and 2 more.');
    const link = within(notice).getByRole('link', { name: 'Show the plan without changes' });
    expect(link.getAttribute('href')).toMatch(/^\/audits\/audit\/plans\/plan\/?$/);
  });

  it('copies a link that names the plan and the variant', async () => {
    window.history.replaceState(null, '', '/audits/nightly/plans/newest/?off=1');
    const user = userEvent.setup();
    show(review());
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    const copied = new URL(await navigator.clipboard.readText());
    expect([copied.pathname, copied.search]).toEqual(['/audits/audit/plans/plan/', '?off=1']);
  });

  it('shows the CPU of a move at both ends, and why it is estimated', () => {
    const hosts = [host('a', 60), host('b', 40, { cpu_total: 50 }), host('c', 20)];
    const scaled = vm('x', 'a', { cores_basis: 'estimated', cores_estimate: 'scaled-to-host' });
    show(review({ hosts, vms: [scaled], steps: [move('x', 'a', 'b')] }));
    const cell = screen.getByText(/^≈−10\.0 \/ \+20\.0\spts$/);
    expect(cell.getAttribute('title')).toContain('measured at more than the host uses');
  });

  it('marks a host that the plan gives more than it has', () => {
    show(review({ hosts: [host('a', 60), host('b', 95), host('c', 20)], steps: [move('x', 'a', 'b')] }));
    const hosts = screen.getByRole('region', { name: 'Hosts now and after the plan' });
    expect(within(hosts).getByRole('row', { name: /^b/ }).textContent).toContain('95% to 105% over');
    expect(within(hosts).getByRole('row', { name: /^a/ }).textContent).not.toContain('over');
  });

  it('loads the VMs of a host only when it is drained and they are missing', async () => {
    const fetch = vi.spyOn(window, 'fetch').mockImplementation(async (address) =>
      String(address) === '/api/v1/hosts/b/servers/'
        ? Response.json({
            host: 'b',
            vms: [vm('y', 'b')],
            projects: { names: [], reason: '' },
            groups: [],
            readings: readings(),
          })
        : Response.json(null, { status: 503 }),
    );
    show(review({ vms_of: [] }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Drain a host' }), 'b');
    const table = screen.getByRole('region', { name: 'Moves of the plan' });
    await waitFor(() => expect(within(table).getByText('name-of-y')).toBeInTheDocument());
    expect(others(fetch)).toEqual(['/api/v1/hosts/b/servers/']);
  });
});
