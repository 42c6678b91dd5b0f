// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { proposal } from '@/components/widgets/proposal';
import type { Answer, Answers } from '@/components/widgets/widget';
import type { Proposal } from '@/lib/contract/v1/proposal';
import { summary } from './audit-samples';
import { HOSTS, newsOf, proposalOf } from './host-samples';
import { ROOM } from './room-samples';
import { FULL, LIMITS, NOW, SOURCES } from './samples';

afterEach(cleanup);

const answer = async <Data,>(data: Data): Promise<Answer<Data>> => ({ ok: true, data });

async function show(changes: Partial<Proposal> = {}): Promise<void> {
  const answers: Answers = {
    virtual: answer(FULL),
    physical: answer(FULL),
    hosts: answer(HOSTS),
    proposal: answer(proposalOf(changes)),
    news: answer(newsOf()),
    sources: answer(SOURCES),
    room: answer(ROOM),
  };
  const filling = await proposal.fill(answers);
  if (filling.ok) render(filling.render(NOW, LIMITS));
}

it('offers to start the best plan only to people who may', async () => {
  await show();
  expect(screen.getByRole('link', { name: 'Review and start' })).toHaveAttribute('href', '/audits/a1/plans/p1');
  cleanup();
  await show({ mayAct: false });
  expect(screen.getByRole('link', { name: 'Review' })).toBeInTheDocument();
});

it('leads to the audit that found nothing, and to nothing to start', async () => {
  const { plan } = summary();
  const counts = { running: 0, waiting: 0, done: 0, unchanged: 1 };
  await show({ best: null, top: [], counts, audit: summary({ plan: plan && { ...plan, actions: 0 } }) });
  expect(screen.getByRole('link', { name: 'Why' })).toHaveAttribute('href', expect.stringMatching(/\/plans$/));
  expect(screen.queryByRole('link', { name: /^Review/ })).toBeNull();
});

it('names hosts that Watcher left disabled beside its proposal', async () => {
  const leftDisabled = ['cmp-1', 'cmp-2', 'cmp-3', 'cmp-4'].map((host, i) => ({
    host,
    reason: 'watcher_disabled',
    since: i === 0 ? NOW : null,
  }));
  await show({ leftDisabled });
  expect(document.body).toHaveTextContent(
    /Watcher left 4 hosts disabled: cmp-1 \(watcher_disabled, since .*\), cmp-2 \(watcher_disabled\), cmp-3 \(watcher_disabled\) and 1 more\./,
  );
});
