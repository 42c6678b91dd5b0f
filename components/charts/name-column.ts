import { ellipsize, shortenNames } from '../ui/names';

/** The columns beside the rows of a chart: names on the left, figures on the right; px. */
export type NameColumn = {
  left: number;
  right: number;
  /** The name, shortened to fit. */
  nameOf: (name: string) => string;
};

export const TICK_PX = 11;
const NAME_PX = 12;
/** A chart below this width has no room for figures; px. */
const NARROW = 420;
const FIGURES = 74;
const FIGURES_NARROW = 12;
/** Between a name and the plot; px. */
const NAME_GAP = 22;
const LEAST_LEFT = 64;
const LEAST_LETTERS = 8;
/** The most of the width that names may take. */
const NAME_SHARE = 0.36;
/** Letters of the monospaced font are this wide, in em. */
export const LETTER_EM = 0.6;

/** A phone has short names and no figures. */
export const isNarrow = (width: number): boolean => width < NARROW;

export const nameSize = (width: number): number => (isNarrow(width) ? TICK_PX : NAME_PX);

/** Lays names out for a chart of any width; the last layout is kept, since every row asks for it. */
export function layOutNames(names: string[]): (width: number) => NameColumn {
  let last: { width: number; column: NameColumn } | null = null;
  return (width) => {
    if (last?.width !== width) last = { width, column: columnOf(names, width) };
    return last.column;
  };
}

function columnOf(names: string[], width: number): NameColumn {
  const narrow = isNarrow(width);
  const letter = nameSize(width) * LETTER_EM;
  const most = Math.max(LEAST_LETTERS, Math.floor((width * NAME_SHARE - NAME_GAP) / letter));
  const short = narrow ? shortenNames(names) : undefined;
  const nameOf = (name: string) => ellipsize(short?.get(name) ?? name, most);
  const widest = names.reduce((letters, name) => Math.max(letters, nameOf(name).length), 0);
  return {
    left: Math.max(LEAST_LEFT, Math.ceil(widest * letter) + NAME_GAP),
    right: narrow ? FIGURES_NARROW : FIGURES,
    nameOf,
  };
}
