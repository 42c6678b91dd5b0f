// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReviewSummary } from '@/components/audits/review-summary';
import { detail, summary } from './audit-samples';
import { readings } from './samples';

vi.mock('next/navigation', () => import('./next-navigation'));

afterEach(cleanup);

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
