/**
 * How dense the map is by how many hosts there are; the style sheet has the size of a cell for each, so that all hosts
 * take about the same height on any screen: 165 px up to 500 hosts, 215 px above. The first three hold text.
 */
export type Density =
  | 'xl'
  | 'lg'
  | 'ml'
  | '100'
  | '150'
  | '250'
  | '400'
  | '500'
  | '650'
  | '800'
  | '1000'
  | '1500'
  | '2000';

const STEPS: [most: number, density: Density][] = [
  [8, 'xl'],
  [24, 'lg'],
  [60, 'ml'],
  [100, '100'],
  [150, '150'],
  [250, '250'],
  [400, '400'],
  [500, '500'],
  [650, '650'],
  [800, '800'],
  [1000, '1000'],
  [1500, '1500'],
];

export const densityOf = (hosts: number): Density => STEPS.find(([most]) => hosts <= most)?.[1] ?? '2000';

/** Where a key leads from one cell to another; null where it leads nowhere. */
export function moveIn(count: number, columns: number, from: number, key: string): number | null {
  const to = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
