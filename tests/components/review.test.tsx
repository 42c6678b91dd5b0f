// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReviewSummary } from '@/components/audits/review-summary';
import { ReviewBoard } from '@/components/review/review-board';
import type { PlanReview } from '@/lib/contract/v1/review';
import type { Scene } from '@/lib/contract/v1/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { host, move, scene, vm } from '../domain/review/scene';
import { detail, summary } from './audit-samples';
import { NOW, readings } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
});

/** a has 60% and b 40%; the plan moves 10 points from a to b, and a VM that is gone. */
const review = (more: Partial<Scene> = {}): PlanReview => {
  const set = scene({
    hosts: [host('a', 60), host('b', 40), host('c', 20)],
    vms: [vm('x', 'a')],
    steps: [move('x', 'a', 'b'), move('gone', 'a', 'b', { wave: 1, vm_name: 'was-here' })],
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
      actions: null,
      migrations: 2,
      outcome: null,
      explanation: null,
      efficacy: [],
      global_efficacy: [],
    },
    waves: [],
    made_at: NOW,
    scene: set,
    result: reviewPlan(set),
    delivered: null,
    readings: readings(),
  };
};

const show = (given: PlanReview) =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <ReviewBoard review={given} now={NOW} />
    </SWRConfig>,
  );
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
    expect(window.location.search).toBe('?off=0-1');
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect([score(), window.location.search]).toEqual([before, '']);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('starts with the variant in the address', () => {
    window.history.replaceState(null, '', '/?off=1&to=0~c');
    show(review());
    expect(screen.getByText('1 move left out')).toBeInTheDocument();
    expect(screen.getByText('1 other destination')).toBeInTheDocument();
    const hosts = screen.getByRole('region', { name: 'Hosts now and after the plan' });
    expect(within(hosts).getByRole('row', { name: /^c/ }).textContent).toContain('20% to 30%');
  });

  it('loads the VMs of a host only when it is drained and they are missing', async () => {
    const fetch = vi.spyOn(window, 'fetch').mockImplementation(async (address) => {
      expect(String(address)).toBe('/api/v1/hosts/b/servers/');
      return Response.json({ host: 'b', vms: [vm('y', 'b')], readings: readings() });
    });
    show(review({ vms_of: [] }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Drain a host' }), 'b');
    await waitFor(() => expect(screen.getByText('name-of-y')).toBeInTheDocument());
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('the review in one line', () => {
  it('shows verdict and balance, or why there is nothing', async () => {
    vi.spyOn(window, 'fetch').mockImplementation(async () =>
      Response.json({
        explanation: {
          code: 'expired',
          cause: 'Nobody started it in time.',
          certain: true,
          evidence: [],
          next: 'Run it again.',
        },
        plan_id: 'plan',
        review: {
          verdict: 'warning',
          counts: { ok: 2, unchecked: 0, warning: 1, 'would-fail': 0 },
          totals: { moves: 3, ram_to_copy: 0, elsewhere: 0, gone: 0, emptied: 0 },
          score_now: 81.4,
          score_after: 87,
        },
        readings: readings(),
      }),
    );
    const plan = summary().plan;
    if (plan === null) throw new Error('the sample has a plan');
    render(
      <SWRConfig value={{ provider: () => new Map() }}>
        <ReviewSummary audit={{ ...detail().audit, plan: { ...plan, state: 'SUPERSEDED' } }} />
      </SWRConfig>,
    );
    // Both have their places before the answer arrives, so that nothing moves.
    expect(screen.getByText('Looking for the reason…')).toBeInTheDocument();
    expect(screen.getByText('Reviewing the plan…')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('region', { name: 'Review' }).textContent).toBe(
        'WarningOf 3 moves: 1 with a warning, 2 OK.Balance 81 → 87 of 100',
      ),
    );
    expect(screen.getByText('Nobody started it in time.')).toBeInTheDocument();
  });
});
