// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Finder } from '@/components/shell/finder';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/' }));

const VM = { kind: 'vm', id: 'v1', audit_id: null, name: 'web-09', text: 'on cmp-1; project shop' };
const HOST = { kind: 'host', id: 'web-host', audit_id: null, name: 'web-host', text: 'normal; 3 VMs' };
const SEARCHED = { vms: 400, hosts: 24, plans: 25 };

function serve(groups: unknown[], mayAct = true) {
  vi.spyOn(window, 'fetch').mockImplementation(async (address) =>
    String(address).startsWith('/api/v1/permission/')
      ? Response.json({ may_act: mayAct, reason: mayAct ? null : 'Acting needs the role admin.', roles: [] })
      : Response.json({ groups, searched: SEARCHED, readings: {} }),
  );
}

beforeEach(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  push.mockClear();
  window.localStorage.clear();
});

async function openFinder() {
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Finder />
    </SWRConfig>,
  );
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  return screen.findByRole('combobox');
}

describe('the finder', () => {
  it('opens with Ctrl K, names the chosen row, and opens its page with Enter', async () => {
    serve([{ kind: 'vm', total: 31, items: [VM] }]);
    const field = await openFinder();
    await userEvent.type(field, 'web-09');
    const first = await screen.findByRole('option', { name: /web-09/, selected: true });
    expect(field.getAttribute('aria-activedescendant')).toBe(first.id);
    expect(screen.getByRole('option', { name: 'All 31 VMs' })).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(push).toHaveBeenCalledWith('/vms/v1/');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('steps with the arrows, from the last row to the first', async () => {
    serve([
      { kind: 'vm', total: 1, items: [VM] },
      { kind: 'host', total: 1, items: [HOST] },
    ]);
    const field = await openFinder();
    await userEvent.type(field, 'web-');
    await screen.findByRole('option', { name: /web-host/ });
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(push).toHaveBeenCalledWith('/hosts/web-host/');
  });

  it('says what was searched where nothing is found', async () => {
    serve([]);
    await userEvent.type(await openFinder(), 'web-9x');
    expect(
      await screen.findByText('Nothing here is called “web-9x”. Searched 400 VMs, 24 hosts, 25 plans.'),
    ).toBeTruthy();
  });

  it('lists acts only after >, greyed with the role they need for people who may look', async () => {
    serve([], false);
    await userEvent.type(await openFinder(), '>');
    const acts = within(await screen.findByRole('group', { name: 'Acts' }));
    const [first] = await acts.findAllByRole('option', { name: /needs the role admin/ });
    expect(first?.getAttribute('aria-disabled')).toBe('true');
    await userEvent.keyboard('{Enter}');
    expect(push).not.toHaveBeenCalled();
  });

  it('begins with what was opened last', async () => {
    serve([{ kind: 'vm', total: 1, items: [VM] }]);
    await userEvent.type(await openFinder(), 'web-09');
    await screen.findByRole('option', { name: /web-09/, selected: true });
    await userEvent.keyboard('{Enter}');
    fireEvent.keyDown(window, { key: 'k', metaKey: true });
    const recent = within(await screen.findByRole('group', { name: 'Recent' }));
    expect(recent.getByRole('option', { name: 'web-09' })).toBeTruthy();
  });
});
