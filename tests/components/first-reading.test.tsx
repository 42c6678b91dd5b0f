// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeProgress, FirstReading } from '@/components/shell/first-reading';
import { ageOfOld } from '@/components/shell/trouble';
import { vms } from '@/components/widgets/vms';
import { UNCOUNTED_SERVERS } from '@/lib/domain/cluster/overview';
import { MINUTE_MS } from '@/lib/units';
import { FULL, NOW, readings } from './samples';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: vi.fn() }), usePathname: () => '/' }));
afterEach(cleanup);

const plain = (text: string) => text.replaceAll('\u202f', ' ');
const PROGRESS = { servers_read: 12_000, servers_total: 26_000, seconds_left: 42, since: NOW };

describe('the progress of the first reading', () => {
  it('says how many VMs are read, of how many, and the time left', () => {
    const { words, percent } = describeProgress(PROGRESS);
    expect([plain(words), percent]).toEqual(['12,000 of about 26,000 VMs, about 42 s left', 46]);
  });

  it.each([
    [{ ...PROGRESS, servers_read: 0, servers_total: null, seconds_left: null }, 'Reading hosts', null],
    [{ ...PROGRESS, servers_total: null, seconds_left: null }, '12,000 VMs so far', null],
    [{ ...PROGRESS, servers_read: 0, seconds_left: null }, '0 of about 26,000 VMs', 0],
    [{ ...PROGRESS, servers_read: 26_000, seconds_left: 0 }, '26,000 of about 26,000 VMs', 100],
    [{ ...PROGRESS, servers_read: 0, servers_total: 0, seconds_left: null }, '0 of about 0 VMs', 100],
    [null, 'All VMs are read', 100],
  ])('has words for every stage: %o', (progress, words, percent) => {
    const found = describeProgress(progress);
    expect([plain(found.words), found.percent]).toEqual([words, percent]);
  });

  it('is one calm bar: no alert, and nothing to press', () => {
    vi.spyOn(window, 'fetch').mockImplementation(async () => Response.json({ progress: PROGRESS }));
    render(
      <SWRConfig value={{ provider: () => new Map() }}>
        <FirstReading initial={PROGRESS} />
      </SWRConfig>,
    );
    expect(screen.getByRole('progressbar', { name: 'VMs read' })).toHaveAttribute('aria-valuenow', '46');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is no sign of old data, however long it takes', () => {
    const inventory = { state: 'partial', as_of: NOW - 60 * MINUTE_MS, error: null } as const;
    expect(ageOfOld({ ...readings(), inventory }, NOW, 2 * MINUTE_MS)).toBeNull();
  });
});

describe('figures of VMs during the first reading', () => {
  it.each([vms])('are a dash with a reason: $title', async (widget) => {
    const data = { ...FULL, vm: UNCOUNTED_SERVERS };
    const filling = await widget.fill({ virtual: Promise.resolve({ ok: true, data }) } as never);
    if (!filling.ok) throw new Error(filling.message);
    render(filling.aside);
    expect(document.body.textContent).toBe('');
    const { container } = render(filling.render(NOW, { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } }));
    expect(container).toHaveTextContent('–Counted once all VMs are read.');
  });
});
