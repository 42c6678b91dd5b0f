'use client';

import { useState } from 'react';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { Variant } from '@/lib/domain/review/variant';
import { formatBytes, formatCount, formatPoints, formatThings } from '@/lib/format';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { Tag } from '../ui/tag';
import { DestinationCell } from './destination-cell';
import styles from './review.module.css';
import { CHECKS, stateLook, VERDICT_LOOK } from './words';

type Props = {
  moves: ReviewedMove[];
  hosts: string[];
  variant: Variant;
  onChange: (next: Variant) => void;
};

const FIRST = 25;
const MORE = 100;

type Show = 'all' | 'flagged';

/** Every move with its verdict; ticked off or sent elsewhere at a click. */
export function MovesTable({ moves, hosts, variant, onChange }: Props) {
  const [show, setShow] = useState<Show>('all');
  const [most, setMost] = useState(FIRST);
  const isFlagged = ({ verdict }: ReviewedMove) => verdict === 'warning' || verdict === 'would-fail';
  const flagged = moves.filter(isFlagged).length;
  const rows = show === 'all' ? moves : moves.filter(isFlagged);
  const left = rows.length - most;
  return (
    <section className={styles.panel} aria-labelledby="moves">
      <div className={styles.panelHead}>
        <h2 id="moves" className={styles.panelTitle}>
          Moves
        </h2>
        <span className={styles.quiet}>In order of execution. Untick a move, or set another destination.</span>
        <span className={styles.space} />
        <Segmented
          label="Which moves"
          value={show}
          options={[
            { value: 'all', label: 'All', count: formatCount(moves.length) },
            { value: 'flagged', label: 'Flagged', count: formatCount(flagged) },
          ]}
          onChange={setShow}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Moves of the plan">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col" data-kind="number">
                Wave
              </th>
              <th scope="col">VM</th>
              <th scope="col">Source → destination</th>
              <th scope="col">How</th>
              <th scope="col" data-kind="number">
                CPU
              </th>
              <th scope="col" data-kind="number">
                RAM
              </th>
              <th scope="col">Pre-flight</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((move) => (
              <Row key={move.key} move={move} hosts={hosts} variant={variant} onChange={onChange} />
            ))}
          </tbody>
        </table>
      </section>
      {rows.length === 0 ? <p className={styles.empty}>No move is flagged.</p> : null}
      {left > 0 ? (
        <p className={styles.foot}>
          <Button onClick={() => setMost(most + MORE)}>Show {formatCount(Math.min(left, MORE))} more</Button>
          <span className={styles.quiet}>{formatThings(left, 'move')} below</span>
        </p>
      ) : null}
    </section>
  );
}

type RowProps = { move: ReviewedMove } & Omit<Props, 'moves'>;

function Row({ move, hosts, variant, onChange }: RowProps) {
  const added = move.change === 'added';
  const open = move.state === 'PENDING';
  const position = Number(move.key);
  function toggle() {
    const off = new Set(variant.off);
    if (!off.delete(position)) off.add(position);
    onChange({ ...variant, off });
  }
  function send(host: string | null) {
    const to = new Map(variant.to);
    if (host === null) to.delete(position);
    else to.set(position, host);
    onChange({ ...variant, to });
  }
  return (
    <tr data-change={move.change} data-verdict={move.verdict ?? undefined}>
      <td>
        {added || !open ? (
          <span className={styles.quiet}>{added ? 'added' : ''}</span>
        ) : (
          <input
            type="checkbox"
            className={styles.check}
            aria-label={`Run the move of ${move.vm_name}`}
            checked={move.change !== 'left-out'}
            onChange={toggle}
          />
        )}
      </td>
      <td data-kind="number">{formatCount(move.wave + 1)}</td>
      <td className={styles.vm}>
        <span className={styles.name} title={move.vm_name}>
          {move.vm_name}
        </span>
        <span className={styles.quiet}>{move.flavor}</span>
      </td>
      <td>
        <DestinationCell move={move} hosts={hosts} onSend={added || !open ? null : send} />
      </td>
      <td>{move.live ? 'live' : 'cold'}</td>
      <td data-kind="number">{formatPoints(move.destination_points ?? move.source_points)}</td>
      <td data-kind="number">{formatBytes(move.ram_used)}</td>
      <td className={styles.reasons}>
        <Verdict move={move} />
      </td>
    </tr>
  );
}

function Verdict({ move }: { move: ReviewedMove }) {
  if (move.verdict === null) {
    const { tone, word } = stateLook(move);
    return <Tag tone={tone}>{word}</Tag>;
  }
  const { tone, icon, word } = VERDICT_LOOK[move.verdict];
  return (
    <>
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      {move.reasons.length > 0 ? (
        <ul className={styles.reasonList}>
          {move.reasons.map(({ text, check }) => (
            <li key={`${check} ${text}`}>{text}</li>
          ))}
        </ul>
      ) : null}
      {move.unchecked.length > 0 ? (
        <p className={styles.quiet}>
          {move.destination === null ? (
            'Nova chooses the destination.'
          ) : (
            <>
              <Icon name="waiting" size={12} /> Not checked: {move.unchecked.map((check) => CHECKS[check]).join(', ')}
            </>
          )}
        </p>
      ) : null}
    </>
  );
}
