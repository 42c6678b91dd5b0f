import type { Trim } from '@/lib/contract/v1/trim';
import { formatCount } from '@/lib/format';
import styles from './trim-curve.module.css';
import { curveLabel, pointWords, stopMark } from './trim-words';

type Props = { trim: Trim; cut: number };

/** Units of the drawn part: x counts moves, y is a share of the height. */
const HEIGHT = 100;
/** A part of the width within which two texts would touch. */
const NEAR = 0.2;
/** Above the highest value. */
const HEADROOM = 1.06;

/**
 * What the plan brings over the number of its moves, and below what each move copies. Places are percentages, so the drawing
 * needs no measuring; only the line is stretched.
 */
export function TrimCurve({ trim, cut }: Props) {
  const { moves, points, by } = trim;
  const all = moves.length;
  const values = points.map(({ spread, emptied }) => (by === 'emptied-hosts' ? emptied : (spread ?? 0)));
  const ticks = ticksFor(Math.max(...values), by === 'emptied-hosts' ? 1 : STEPS[0]);
  const top = Math.max(...values, ticks.at(-1) ?? 0) * HEADROOM || 1;
  const yOf = (value: number) => (1 - value / top) * HEIGHT;
  const x = (at: number) => `${(100 * at) / all}%`;
  const y = (at: number) => `${yOf(values[at] ?? 0)}%`;
  const line = (from: number, to: number) => pathOf(values, { from, to, yOf, steps: by === 'emptied-hosts' });
  const start = yOf(values[0] ?? 0);
  const isLate = cut > all / 2;
  const hot = hotRanges(trim);
  return (
    <svg className={styles.curve} role="img" aria-label={curveLabel(trim)} data-many={all > 40 || undefined}>
      {hot.map(({ from, to }) => (
        <rect key={from} className={styles.hot} x={x(from)} width={x(to - from)} y="0" height="100%" />
      ))}
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1="0" x2="100%" y1={`${yOf(tick)}%`} y2={`${yOf(tick)}%`} />
          <text x="-8" y={`${yOf(tick)}%`} dy="4" textAnchor="end">
            {formatCount(tick, Number.isInteger(tick) ? 0 : 1)}
          </text>
        </g>
      ))}
      <text x="-8" y="-4" textAnchor="end">
        {by === 'emptied-hosts' ? 'hosts' : 'pts'}
      </text>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a part of the image around it */}
      <svg width="100%" height="100%" viewBox={`0 0 ${all} ${HEIGHT}`} preserveAspectRatio="none" overflow="visible">
        <path className={styles.gain} d={`${line(0, cut)}V${start}H0Z`} />
        <path className={styles.rest} d={line(cut, all)} />
        <path className={styles.line} d={line(0, cut)} />
      </svg>
      {hot.slice(0, 1).map(({ from }) => (
        <text key={from} className={styles.hotWord} x={x(from)} y="100%" dx="8" dy="-8">
          <tspan data-hide="phone">a host is still </tspan>hot
        </text>
      ))}
      {trim.stops.map(({ kind, moves: at }) => (
        <circle key={`${kind} ${at}`} className={styles.stop} cx={x(at)} cy={y(at)} r="4" />
      ))}
      {trim.stops.map((stop) => {
        const mark = stopMark(trim, stop);
        const isNear = Math.abs(stop.moves - cut) / all < NEAR;
        if (mark === null || isNear) return null;
        return (
          <text
            key={stop.kind}
            x={x(stop.moves)}
            y={y(stop.moves)}
            dy="-10"
            textAnchor={stop.moves === all ? 'end' : 'start'}
          >
            <tspan data-hide="phone">{mark.words}</tspan>
            <tspan className={styles.short}>{mark.short}</tspan>
          </text>
        );
      })}
      <line className={styles.chosen} x1={x(cut)} x2={x(cut)} y1={y(cut)} y2="100%" />
      <circle className={styles.dot} cx={x(cut)} cy={y(cut)} r="5.5" />
      <text
        className={styles.said}
        x={x(cut)}
        y={y(cut)}
        dx={isLate ? -10 : 10}
        dy={isLate === (by === 'spread') ? 24 : -10}
        textAnchor={isLate ? 'end' : 'start'}
      >
        {pointWords(trim, cut).map((part, at) => (
          <tspan key={part} data-hide={at > 1 ? 'phone' : undefined}>
            {at === 0 ? part : `, ${part}`}
          </tspan>
        ))}
      </text>
    </svg>
  );
}

type Span = { from: number; to: number };

/** Where a host is hot: up to the move that cools the last of them, and again where a later move heats one. */
function hotRanges({ points, by }: Trim): Span[] {
  const ranges: Span[] = [];
  if (by !== 'spread') return ranges;
  points.forEach(({ hot }, at) => {
    if (!hot || at === points.length - 1) return;
    const last = ranges.at(-1);
    if (last?.to === at) last.to = at + 1;
    else ranges.push({ from: at, to: at + 1 });
  });
  return ranges;
}

type Path = Span & { yOf: (value: number) => number; steps: boolean };

function pathOf(values: number[], { from, to, yOf, steps }: Path): string {
  const rest = values.slice(from + 1, to + 1).map((value, i) => {
    const x = from + i + 1;
    return steps ? `H${x}V${yOf(value).toFixed(2)}` : `L${x} ${yOf(value).toFixed(2)}`;
  });
  return `M${from} ${yOf(values[from] ?? 0).toFixed(2)}${rest.join('')}`;
}

const STEPS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const MOST_TICKS = 4;

/** Round values from 0 up to the highest. */
function ticksFor(highest: number, least = 0): number[] {
  const step = STEPS.find((one) => one >= least && highest / one < MOST_TICKS) ?? highest;
  return step === 0 ? [0] : Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
}

/** What each move copies, under the number that it has in the curve. */
export function TrimCopies({ trim: { moves }, cut }: Props) {
  const most = Math.max(1, ...moves.map(({ ram_to_copy: ram }) => ram ?? 0));
  return (
    <svg className={styles.copies} aria-hidden="true" data-dense={densityOf(moves.length)}>
      <text x="-8" y="12" textAnchor="end">
        GiB
      </text>
      {moves.map(({ vm_id: id, numbers: [number], ram_to_copy: ram }, at) => {
        const x = `${(100 * (at + 1)) / moves.length}%`;
        return (
          <line
            key={`${id} ${number}`}
            className={styles.copy}
            data-in={at < cut || undefined}
            x1={x}
            x2={x}
            y1="100%"
            y2={`${100 - (100 * (ram ?? 0)) / most}%`}
          />
        );
      })}
      <line className={styles.grid} x1="0" x2="100%" y1="100%" y2="100%" />
      <line
        className={styles.chosen}
        x1={`${(100 * cut) / moves.length}%`}
        x2={`${(100 * cut) / moves.length}%`}
        y1="-24"
        y2="100%"
      />
    </svg>
  );
}

const densityOf = (moves: number): 'few' | 'some' | 'many' => (moves <= 24 ? 'few' : moves <= 70 ? 'some' : 'many');
