// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { readAnswer } from '@/components/live/answers';
import { AccountMenu } from '@/components/shell/account-menu';

afterEach(cleanup);

it('reads nothing more from the API once the user signs out, so that no reload gets in the way', async () => {
  const fetch = vi
    .spyOn(window, 'fetch')
    .mockImplementation(async (address) =>
      Response.json(
        address === '/api/v1/permission/' ? { may_act: true, roles: ['admin', 'member'], reason: null } : {},
      ),
    );
  await readAnswer('/api/v1/sources/');
  const sources = () => fetch.mock.calls.filter(([address]) => address === '/api/v1/sources/').length;
  expect(sources()).toBe(1);
  const { container } = render(<AccountMenu name="ada" canSignOut theme="system" />);
  // Nobody answers the form here.
  container.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
  await userEvent.click(screen.getByRole('button', { name: /Signed in as ada/ }));
  expect(await screen.findByRole('menuitem', { name: /You may act.*admin and member/ })).toBeDefined();
  await userEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  void readAnswer('/api/v1/sources/');
  expect(sources()).toBe(1);
});
