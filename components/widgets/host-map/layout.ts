/** Up to 60 hosts a cell has text in it; `cells.module.css` has the sizes. */
export const FEWEST = 8;
const TILES = [FEWEST, 24, 60];
const SQUARES = [100, 150, 250, 400, 650, 1000, 1500, 2000];

/** How the map is drawn: with tiles or squares, and for at most how many hosts. */
export function stepOf(hosts: number): { withText: boolean; step: number } {
  const tiles = TILES.find((step) => hosts <= step);
  if (tiles !== undefined) return { withText: true, step: tiles };
  return { withText: false, step: SQUARES.find((step) => hosts <= step) ?? Math.max(...SQUARES) };
}

type Grid = { count: number; columns: number };

/** The cell that a key leads to; null where it leads nowhere. */
export function moveIn({ count, columns }: Grid, from: number, key: string): number | null {
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
