import type { Trim, TrimPoint, TrimStop } from '@/lib/contract/v1/trim';
import { emptiesAny, fallBetween, shareOfGain } from '@/lib/domain/review/trim';
import { formatCount, formatNames, formatPercent, formatPoints, formatThings } from '@/lib/format';

/** Below this many moves there is no curve: a table says all. */
const LEAST_MOVES = 4;

/** Whether there is something to choose: a plan that empties one host has no part that is worth running. */
export const hasCurve = ({ by, moves, stops, reason }: Trim): boolean =>
  reason === null && moves.length >= LEAST_MOVES && (by === 'spread' || stops.length > 1);

const stopAt = ({ stops }: Trim, kind: TrimStop['kind']): TrimStop | undefined =>
  stops.find((stop) => stop.kind === kind);

const percentOf = (stop: TrimStop): string => formatPercent(Math.min(100, stop.share ?? 100), 0);

/** How much of the plan is enough, in a sentence without a full stop. */
export function trimHeadline(trim: Trim): string {
  const all = trim.moves.length;
  if (trim.reason !== null) return withoutChoice(trim);
  if (all === 1) return 'The one move is needed';
  const [first] = trim.stops;
  if (all < LEAST_MOVES || (first?.moves ?? all) >= all) {
    return `All ${formatCount(all)} moves are needed${first?.hosts.length ? ` to empty ${formatNames(first.hosts)}` : ''}`;
  }
  if (trim.by === 'emptied-hosts') return emptyingHeadline(trim);
  const [cool, most] = [stopAt(trim, 'no-hot-host'), stopAt(trim, 'most-of-the-gain')];
  const brings = most ? `${percentOf(most)} of the gain` : 'all of the gain';
  const enough = most?.moves ?? all;
  if (!cool) return `${formatCount(enough)} of ${formatCount(all)} moves bring ${brings}${stillHot(trim)}`;
  const cools = `${formatCount(cool.moves)} of ${formatCount(all)} moves are enough to cool every hot host`;
  return cool.moves === enough ? `${cools} and bring ${brings}` : `${cools}; ${formatCount(enough)} bring ${brings}`;
}

function withoutChoice({ by, moves, points }: Trim): string {
  const all = formatThings(moves.length, 'move');
  switch (by) {
    case 'nothing':
      if (!emptiesAny(points)) return `${moves.length === 1 ? 'The move was' : `The ${all} were`} asked for`;
      return moves.length === 1 ? 'The one move is needed' : `All ${all} belong together`;
    case 'emptied-hosts':
      return `${moves.length === 1 ? 'The move empties' : `The ${all} empty`} no host`;
    case 'spread': {
      const bring = moves.length === 1 ? 'move brings' : `${all} bring`;
      return fallBetween(points[0], points.at(-1)) === null ? `What the ${bring} is unknown` : `The ${bring} no gain`;
    }
  }
}

/** "9 moves empty cmp-r01-10, 16 also cmp-r02-04" */
function emptyingHeadline({ stops }: Trim): string {
  const [first, ...others] = stops.filter(({ kind }) => kind === 'hosts-emptied');
  if (!first) return '';
  const named = others.slice(0, 2).map(({ moves, hosts }) => `, ${formatCount(moves)} also ${formatNames(hosts)}`);
  const last = others.length > 2 ? others.at(-1) : undefined;
  const more = last ? `, ${formatCount(last.moves)} all ${formatCount(others.length + 1)} hosts` : '';
  return `${formatCount(first.moves)} ${first.moves === 1 ? 'move empties' : 'moves empty'} ${formatNames(first.hosts)}${named.join('')}${more}`;
}

function stillHot({ points }: Trim): string {
  const [before, after] = [points[0]?.hot ?? 0, points.at(-1)?.hot ?? 0];
  if (before === 0 || after === 0) return '';
  return `; ${formatThings(after, 'host')} ${after === 1 ? 'stays' : 'stay'} hot`;
}

export const STOP_WORDS: Record<TrimStop['kind'], (stop: TrimStop) => string> = {
  'no-hot-host': () => 'No hot host',
  'most-of-the-gain': () => '90% of the gain',
  'hosts-emptied': ({ hosts }) => `${formatNames(hosts)} empty`,
  all: () => 'All',
};

const hotWords = (hot: number | null): string =>
  hot === null ? 'hot hosts unknown' : hot === 0 ? 'no hot host' : formatThings(hot, 'hot host');

/** "13 of 17 moves, spread 8.8 points, hottest host 64%": the value of the slider. */
export function valueWords(trim: Trim, cut: number): string {
  const point = trim.points[cut];
  const parts = [`${formatCount(cut)} of ${formatThings(trim.moves.length, 'move')}`];
  if (trim.by === 'emptied-hosts') parts.push(`${formatThings(point?.emptied ?? 0, 'host')} empty`);
  else if (point?.spread != null) parts.push(`spread ${formatCount(point.spread, 1)} points`);
  if (point?.hottest) parts.push(`hottest host ${formatPercent(point.hottest.percentage, 0)}`);
  return parts.join(', ');
}

/** What stands at a stop in the curve: in full, and for phones. */
export function stopMark(trim: Trim, { kind, moves }: TrimStop): { words: string; short: string } | null {
  const short = formatCount(moves);
  switch (kind) {
    case 'no-hot-host':
      return { words: `${short}: none hot`, short };
    case 'all':
      return trim.by === 'spread'
        ? { words: `all ${short}: ${formatCount(trim.points[moves]?.spread, 1)}`, short }
        : null;
    case 'most-of-the-gain':
    case 'hosts-emptied':
      return null;
  }
}

/** What is said once the slider rests. */
export const restWords = (trim: Trim, cut: number): string => {
  const point = trim.points[cut];
  const moves = formatThings(cut, 'move');
  return trim.by === 'emptied-hosts'
    ? `${moves}, ${formatThings(point?.emptied ?? 0, 'host')} empty`
    : `${moves}, ${hotWords(point?.hot ?? null)}`;
};

/** "13 moves, 8.8 pts, 91% of the gain", part by part: phones have room for the first two. */
export function pointWords(trim: Trim, cut: number): string[] {
  const point = trim.points[cut];
  const moves = formatThings(cut, 'move');
  if (trim.by === 'emptied-hosts') return [moves, formatThings(point?.emptied ?? 0, 'empty host')];
  const share = shareOfGain(trim.points, cut);
  return [moves, formatPoints(point?.spread), ...(share === null ? [] : [`${formatPercent(share, 0)} of the gain`])];
}

/** The row between the moves that run and those that don't. */
export function cutWords(trim: Trim, cut: number): string {
  const below = trim.moves.length - cut;
  const left = `The ${formatCount(below)} below ${below === 1 ? 'is' : 'are'} left out.`;
  if (cut === 0) return below === 1 ? 'The one move is left out.' : `All ${formatCount(below)} moves are left out.`;
  const verb = cut === 1 ? 'move above' : 'moves above';
  const done =
    trim.by === 'emptied-hosts'
      ? `${cut === 1 ? 'empties' : 'empty'} ${formatThings(trim.points[cut]?.emptied ?? 0, 'host')}`
      : `${cut === 1 ? 'brings' : 'bring'} ${formatPercent(shareOfGain(trim.points, cut), 0)} of the gain`;
  return `${formatCount(cut)} ${verb} ${done}. ${left}`;
}

/** The curve in a sentence. */
export function curveLabel(trim: Trim): string {
  const what = trim.by === 'emptied-hosts' ? 'Hosts emptied' : 'Spread';
  const at = (moves: number, point: TrimPoint | undefined) =>
    trim.by === 'emptied-hosts'
      ? `${formatCount(point?.emptied)} with ${formatCount(moves)}`
      : `${formatCount(point?.spread, 1)} points with ${formatCount(moves)}`;
  const places = [0, ...trim.stops.map(({ moves }) => moves)];
  return `${what} by number of moves: ${[...new Set(places)].map((moves) => at(moves, trim.points[moves])).join(', ')}. Below, what each move copies.`;
}
