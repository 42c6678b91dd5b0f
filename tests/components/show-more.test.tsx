// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ShowMore, useShown } from '@/components/ui/show-more';

function List({ total, subject }: { total: number; subject?: string }) {
  const shown = useShown(total, 20, { subject });
  return (
    <>
      <output>{shown.count}</output>
      <ShowMore shown={shown} />
    </>
  );
}

const count = () => Number(screen.getByRole('status').textContent);
afterEach(cleanup);

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('a long list', () => {
  it('shows the first entries, 50 more or all of them', async () => {
    render(<List total={168} />);
    expect(count()).toBe(20);
    await press('Show 50 more');
    expect(count()).toBe(70);
    expect(document.body.textContent).toContain('1–70 of 168');
    await press('Show all 168');
    expect(count()).toBe(168);
    await press('Show fewer');
    expect(count()).toBe(20);
  });

  it('is whole on paper', () => {
    render(<List total={168} />);
    act(() => {
      window.dispatchEvent(new Event('beforeprint'));
    });
    expect(count()).toBe(168);
    act(() => {
      window.dispatchEvent(new Event('afterprint'));
    });
    expect(count()).toBe(20);
  });

  it('starts over for another subject, but not for fresh data', async () => {
    const { rerender } = render(<List total={168} subject="warm" />);
    await press('Show all 168');
    rerender(<List total={170} subject="warm" />);
    expect(count()).toBe(168);
    rerender(<List total={170} subject="hot" />);
    expect(count()).toBe(20);
  });

  it('has no buttons if it is short', () => {
    render(<List total={20} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
