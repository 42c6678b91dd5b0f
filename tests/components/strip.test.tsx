// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { Strip } from '@/components/figures/strip';

afterEach(cleanup);

/** The columns of a strip on a tablet and on a desktop; what they look like is a matter for the browser tests. */
function columnsOf(cells: number): [tablet: number, desktop: number] {
  const { container } = render(<Strip cells={cells}>{null}</Strip>);
  const { tablet, desktop } = container.querySelector<HTMLElement>('div')?.dataset ?? {};
  cleanup();
  return [Number(tablet), Number(desktop)];
}

it.each([
  [1, 1, 1],
  [4, 4, 4],
  [5, 3, 5],
  [6, 3, 6],
  [7, 4, 4],
  [8, 4, 4],
  [9, 3, 5],
  [12, 4, 6],
  [13, 4, 5],
])('a strip of %d cells has %d columns on a tablet and %d on a desktop', (cells, tablet, desktop) => {
  expect(columnsOf(cells)).toEqual([tablet, desktop]);
});
