// @vitest-environment happy-dom
import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/react';
import type { ChartData, ChartOptions } from 'chart.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostBars } from '@/components/charts/host-bars';
import { describeBars, type HostBar, HostChart, pickBars } from '@/components/charts/host-chart';

// There is no canvas here: what would be drawn is kept instead.
type Drawn = { data: ChartData<'bar'>; options: ChartOptions<'bar'>; role: string; 'aria-label': string };
const drawn: Drawn[] = [];
vi.mock('react-chartjs-2', () => ({
  Bar: (props: Drawn) => {
    drawn.push(props);
    return <canvas role={props.role} aria-label={props['aria-label']} />;
  },
}));

beforeEach(() => {
  drawn.length = 0;
});
afterEach(cleanup);

const BARS: HostBar[] = [
  { host: 'cmp-1', now: 89, after: 61.25 },
  { host: 'cmp-2', now: 20, after: 112.4 },
];

/** `count` hosts; the change of host n is n points. */
const hosts = (count: number): HostBar[] =>
  Array.from({ length: count }, (_, n) => ({ host: `cmp-${n}`, now: 10, after: 10 + n / 10 }));

describe('what the chart draws', () => {
  it('two bars for each host, named in one sentence', async () => {
    render(<HostBars bars={BARS} before="Now" label={describeBars(BARS, 'Now')} />);
    expect(
      await screen.findByRole('img', {
        name: 'CPU of 2 hosts: the hottest is cmp-1 with 89.0% now, and cmp-2 with 112.4% after the plan.',
      }),
    ).toBeInTheDocument();
    const { data } = drawn.at(-1) as Drawn;
    expect(data.labels).toEqual(['cmp-1', 'cmp-2']);
    expect(data.datasets.map(({ label, data: values }) => [label, values])).toEqual([
      ['Now', [89, 20]],
      ['After the plan', [61.25, 112.4]],
    ]);
  });

  it('from 0 to 100%, further where a plan overloads a host, and without animation', () => {
    render(<HostBars bars={BARS} before="Now" label="CPU" />);
    const { options } = drawn.at(-1) as Drawn;
    expect(options.scales?.x).toMatchObject({ min: 0, suggestedMax: 100 });
    expect(options.animation).toBe(false);
  });

  it('is drawn anew when the theme changes', async () => {
    const listeners: (() => void)[] = [];
    vi.spyOn(window, 'matchMedia').mockReturnValue({
      addEventListener: (_: string, listener: () => void) => listeners.push(listener),
      removeEventListener: () => {},
    } as unknown as MediaQueryList);
    const colour = vi.spyOn(window, 'getComputedStyle');
    colour.mockReturnValue({ color: 'rgb(1, 1, 1)' } as CSSStyleDeclaration);
    render(<HostBars bars={BARS} before="Now" label="CPU" />);
    expect(drawn.at(-1)?.data.datasets[0]?.backgroundColor).toBe('rgb(1, 1, 1)');
    colour.mockReturnValue({ color: 'rgb(2, 2, 2)' } as CSSStyleDeclaration);
    for (const listener of listeners) listener();
    await vi.waitFor(() => expect(drawn.at(-1)?.data.datasets[0]?.backgroundColor).toBe('rgb(2, 2, 2)'));
  });
});

describe('many hosts', () => {
  it('up to 60 are all drawn', () => expect(pickBars(hosts(60))).toHaveLength(60));

  it('above that the 24 that change most, in the order of the hosts', () => {
    const shown = pickBars(hosts(400)).map(({ host }) => host);
    expect(shown).toHaveLength(24);
    expect([shown[0], shown.at(-1)]).toEqual(['cmp-376', 'cmp-399']);
  });

  it('and where fewer change, the hottest of the others', () => {
    const still = Array.from({ length: 100 }, (_, n) => ({ host: `cmp-${n}`, now: n, after: n }));
    const shown = pickBars([{ host: 'moved', now: 1, after: 2 }, ...still]).map(({ host }) => host);
    expect([shown.length, shown[0], shown[1], shown.at(-1)]).toEqual([24, 'moved', 'cmp-77', 'cmp-99']);
  });

  it('and a sentence says how many are left out', async () => {
    render(<HostChart bars={hosts(400)} before="Now" />);
    expect(
      screen.getByText(/^24 of 400 hosts: those that change most, then the hottest\. The other 376 are/),
    ).toBeInTheDocument();
    expect(await screen.findByRole('img', { name: /^CPU of 400 hosts/ })).toBeInTheDocument();
  });
});
