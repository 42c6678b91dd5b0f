// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { later } from '@/components/ui/later';

afterEach(cleanup);

const Waiting = () => <p>Loading</p>;
const Part = ({ name }: { name: string }) => <p>It is {name}.</p>;

describe('a part that is loaded when it is shown', () => {
  it('is asked for only then, and has what it is given', async () => {
    let asked = 0;
    const Shown = later(async () => {
      asked++;
      return Part;
    }, Waiting);
    expect(asked).toBe(0);
    render(<Shown name="here" />);
    expect(screen.getByText('Loading')).toBeTruthy();
    expect(await screen.findByText('It is here.')).toBeTruthy();
    expect(asked).toBe(1);
  });

  it('says what to do when the server is gone, and leaves the rest of the page', async () => {
    const Shown = later<{ name: string }>(() => Promise.reject(new Error('no such file')), Waiting);
    render(
      <>
        <p>The rest</p>
        <Shown name="here" />
      </>,
    );
    expect((await screen.findByRole('alert')).textContent).toMatch(/Reload the page/);
    expect(screen.getByText('The rest')).toBeTruthy();
  });
});
