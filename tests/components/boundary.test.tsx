// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WidgetBoundary } from '@/components/widget-boundary';

const console_ = { error: console.error };
beforeEach(() => {
  console_.error = console.error;
  // React reports the error that the boundary catches.
  console.error = () => {};
});
afterEach(() => {
  console.error = console_.error;
  cleanup();
});

function Widget({ text }: { text: string | null }) {
  if (text === null) throw new Error('secret at /srv/app/widget.tsx');
  return <p>{text}</p>;
}

const page = (text: string | null) => (
  <>
    <WidgetBoundary>
      <Widget text={text} />
    </WidgetBoundary>
    <WidgetBoundary>
      <Widget text="the other" />
    </WidgetBoundary>
  </>
);

describe('a bug in one widget', () => {
  it('stays in its slot and shows nothing internal', () => {
    render(page(null));
    expect(screen.getByRole('alert')).toHaveTextContent(/^This panel failed\./);
    expect(screen.getByText('the other')).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('secret');
  });

  it('is over when data arrives that the widget can show', () => {
    const { rerender } = render(page(null));
    rerender(page('here again'));
    expect(screen.getByText('here again')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is still reported when the new data fails, too', () => {
    const { rerender } = render(page('well'));
    rerender(page(null));
    rerender(page(null));
    expect(screen.getByRole('alert')).toBeInTheDocument();
  });
});
