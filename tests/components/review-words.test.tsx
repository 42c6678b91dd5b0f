// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ReasonList } from '@/components/review/reason-list';
import { ShutdownsTable } from '@/components/review/shutdowns-table';
import { headline } from '@/components/review/words';
import { reviewPlan } from '@/lib/domain/review/review';
import { host, scene, shutdown, vm } from '../domain/review/scene';

afterEach(cleanup);

const RESULT = reviewPlan(
  scene({
    hosts: [host('a', 60)],
    vms: [vm('x', 'a'), vm('y', 'a')],
    steps: [shutdown('x'), shutdown('y', 'delete', { state: 'SKIPPED', status_message: 'Owner said no' })],
  }),
);

describe('the review of VMs that are taken out of service', () => {
  it('says how many are running in its headline', () => {
    expect(headline(RESULT, false)).toBe('1 running VM will be taken out of service');
    expect(headline({ ...RESULT, verdict: 'ok' }, false)).toBe('No running VM would be taken out of service');
  });

  it('lists each with its host, and what that means or why it was skipped', () => {
    render(<ShutdownsTable shutdowns={RESULT.shutdowns} />);
    const [, first, second] = screen.getAllByRole('row');
    expect(first?.textContent).toMatch(/^1name-of-xastopWarningIt is running and will be shut off/);
    expect(second?.textContent).toBe('1name-of-yadeleteSkippedOwner said no');
  });
});

describe('the reasons of a move', () => {
  it('are what Watcher says, what was found and what could not be checked', () => {
    const { container, rerender } = render(
      <ReasonList message="Skipped by user" reasons={[{ check: 'vm', text: 'It is locked.' }]}>
        Not checked: free RAM
      </ReasonList>,
    );
    expect([...container.querySelectorAll('li')].map((item) => item.textContent)).toEqual([
      'Skipped by user',
      'It is locked.',
      'Not checked: free RAM',
    ]);
    rerender(<ReasonList message={null} reasons={[]} />);
    expect(container.textContent).toBe('');
  });
});
