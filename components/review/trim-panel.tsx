'use client';

import { type KeyboardEvent, useState } from 'react';
import type { Trim } from '@/lib/contract/v1/trim';
import { cutAt, cutOf, isLeftOut, tickMoves } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import { formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Spoken } from './spoken';
import { TrimCopies, TrimCurve } from './trim-curve';
import styles from './trim-panel.module.css';
import { TrimPoints } from './trim-points';
import { restWords, STOP_WORDS, trimHeadline, valueWords } from './trim-words';
import type { Measure, UsedTrim } from './use-trim';

type Props = {
  used: UsedTrim;
  variant: Variant;
  onChange: (next: Variant) => void;
};

const MEASURES: { value: Measure; label: string }[] = [
  { value: 'cpu', label: 'CPU' },
  { value: 'ram', label: 'RAM' },
  { value: 'both', label: 'Both' },
];

/** How much of the plan is enough: what it brings over the number of its moves, and a slider to choose. */
export function TrimPanel({ used, variant, onChange }: Props) {
  const { given, measure, setMeasure, weighsRam } = used;
  const { trim } = given;
  const [isTable, setTable] = useState(false);
  const cut = cutOf(trim, variant);
  const choose = (moves: number, afresh = false) => onChange(cutAt(given, variant, { cut: moves, afresh }));
  return (
    <Panel
      title={trimHeadline(trim)}
      controls={
        <>
          {weighsRam ? (
            <Segmented label="Measured by the spread of" value={measure} options={MEASURES} onChange={setMeasure} />
          ) : null}
          <Button look="ghost" icon={isTable ? 'chart' : 'list'} onClick={() => setTable(!isTable)}>
            {isTable ? 'View as curve' : 'View as table'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {isTable ? (
          <div className={styles.table}>
            <TrimPoints trim={trim} />
          </div>
        ) : (
          <>
            <TrimCurve trim={trim} cut={cut} />
            <TrimCopies trim={trim} cut={cut} />
          </>
        )}
        <Slider trim={trim} cut={cut} onChoose={choose} />
        <Spoken text={restWords(trim, cut)} />
        {/* biome-ignore lint/a11y/useSemanticElements: browsers don't lay out a fieldset in a row */}
        <div role="group" aria-label="How many moves" className={styles.stops} data-hide="print">
          {trim.stops.map((stop) => (
            <button
              key={`${stop.kind} ${stop.moves}`}
              type="button"
              className={styles.stop}
              aria-pressed={cut === stop.moves}
              onClick={() => choose(stop.moves, true)}
            >
              {STOP_WORDS[stop.kind](stop)} <strong>{formatThings(stop.moves, 'move')}</strong>
            </button>
          ))}
          <WithoutWarnings used={used} variant={variant} onChange={onChange} />
        </div>
      </div>
    </Panel>
  );
}

type SliderProps = { trim: Trim; cut: number; onChoose: (moves: number) => void };

function Slider({ trim, cut, onChoose }: SliderProps) {
  const all = trim.moves.length;
  const stops = [0, ...trim.stops.map(({ moves }) => moves)];
  const next = stops.find((moves) => moves > cut) ?? all;
  const last = stops.findLast((moves) => moves < cut) ?? 0;
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    onChoose(event.key === 'PageUp' ? next : last);
  }
  return (
    <input
      type="range"
      className={styles.slider}
      data-hide="print"
      aria-label="Number of moves to run"
      aria-valuetext={valueWords(trim, cut)}
      min={0}
      max={all}
      value={cut}
      onKeyDown={onKeyDown}
      onChange={({ target }) => onChoose(snap(trim, cut, Number(target.value)))}
    />
  );
}

/** An emptied half of a host helps nobody, so such a plan stops at whole hosts only. */
function snap({ by, stops }: Trim, from: number, to: number): number {
  if (by !== 'emptied-hosts') return to;
  const places = [0, ...stops.map(({ moves }) => moves)];
  return (to > from ? places.find((place) => place >= to) : places.findLast((place) => place <= to)) ?? to;
}

/** Leaves out every move that would fail or has a warning, or takes them in again. */
function WithoutWarnings({ used: { given, whole }, variant, onChange }: Props) {
  const flagged = new Set(
    whole.moves.flatMap(({ key, verdict }) => (verdict === 'warning' || verdict === 'would-fail' ? [Number(key)] : [])),
  );
  const moves = given.trim.moves.filter(({ numbers }) => numbers.some((number) => flagged.has(number)));
  if (moves.length === 0) return null;
  const areOut = moves.every((move) => isLeftOut(move, variant));
  return (
    <button
      type="button"
      className={styles.stop}
      aria-pressed={areOut}
      onClick={() => onChange(tickMoves(given, variant, { numbers: flagged, run: areOut }))}
    >
      Leave out warnings <strong>{formatThings(moves.length, 'move')}</strong>
    </button>
  );
}
