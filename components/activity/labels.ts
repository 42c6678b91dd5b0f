/** Where names of bars have room. All but names are percentages of the width. */

type Named = {
  name: string;
  start: number;
  end: number;
  /** Where its outline ends and its filled part begins, on which no name could be read. */
  fillsFrom: number;
  row: number;
};

/** `left`: it ends before its bar. */
export type Label = { side: 'left' | 'inside'; at: number };

/** Of a narrow laptop: a letter, and the space around a name. */
const LETTER = 0.75;
const AROUND = 1.2;

/** In the outline of the bar, or in the free space left of it; null where it would cover something. */
export function placeLabels(bars: Named[]): (Label | null)[] {
  return bars.map(({ name, start, end, fillsFrom, row }, own) => {
    const width = name.length * LETTER + AROUND;
    if (Math.min(end, fillsFrom) - start >= width) return { side: 'inside', at: start };
    const before = bars
      .filter((bar, i) => i !== own && bar.row === row && bar.start <= start)
      .reduce((last, bar) => Math.max(last, bar.end), 0);
    return start - before >= width ? { side: 'left', at: start } : null;
  });
}
