// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { roomForMore } from '@/components/widgets/room-for-more';
import type { Answer, Answers, Payloads } from '@/components/widgets/widget';
import { HOSTS, newsOf, proposalOf } from './host-samples';
import { flavorSlots, ROOM } from './room-samples';
import { FULL, LIMITS, NOW, SOURCES } from './samples';

afterEach(cleanup);

const answer = async <Data,>(data: Data): Promise<Answer<Data>> => ({ ok: true, data });

async function show(room: Payloads['room']): Promise<string> {
  const answers: Answers = {
    virtual: answer(FULL),
    physical: answer(FULL),
    hosts: answer(HOSTS),
    proposal: answer(proposalOf()),
    news: answer(newsOf()),
    sources: answer(SOURCES),
    room: answer(room),
  };
  const filling = await roomForMore.fill(answers);
  if (!filling.ok) throw new Error(filling.message);
  return render(filling.render(NOW, LIMITS)).container.textContent ?? '';
}

describe('the room for more', () => {
  it('is how many more fit of the flavors that most VMs have; a flavor that is only an id is shortened', async () => {
    const text = await show(ROOM);
    expect(text).toContain('m1.large117 VMs962');
    expect(screen.getByText('3f6c2c1e')).toHaveAttribute('title', '3f6c2c1e-8a44-4f5f-9b1f-0d7d1c9f2a10');
  });

  it('begins with the flavor that most VMs have, even if Nova offers it no more: a dash with the reason', async () => {
    const text = await show(ROOM);
    expect(text).toMatch(/m2\.old189 VMs– Nova does not list this flavor\..*m1\.large/);
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
  });

  it('shows a dash for slots that are unknown', async () => {
    const text = await show({ ...ROOM, flavors: [flavorSlots('m1.xlarge', null)] });
    expect(text).toContain('m1.xlarge117 VMs– Placement');
  });

  it('shows markup in the name of a flavor as text', async () => {
    await show({ ...ROOM, flavors: [flavorSlots('<img src=x onerror=alert(1)>', 2)] });
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });
});
