'use client';

import { useState } from 'react';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { Variant } from '@/lib/domain/review/variant';
import { formatBytes, formatCount } from '@/lib/format';
import { VERDICT_LOOK } from '../moves/verdicts';
import { describePoints, pointsOfMove, whyEstimated } from '../moves/words';
import { Icon } from '../ui/icon';
import { Panel, PanelEmpty } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';
import { DestinationCell } from './destination-cell';
import styles from './moves-table.module.css';
import { ReasonList } from './reason-list';
import { CHECKS, stateLook } from './words';

type Props = {
  moves: ReviewedMove[];
  hosts: string[];
  variant: Variant;
  onChange: (next: Variant) => void;
};

const FIRST_ROWS = 25;

const COLUMNS: Column[] = [
  { id: 'run', title: 'Run' },
  { id: 'wave', title: 'Wave', kind: 'number' },
  { id: 'vm', title: 'VM' },
  { id: 'path', title: 'Source → destination' },
  { id: 'how', title: 'How' },
  { id: 'impact', title: 'Impact', kind: 'number' },
  { id: 'ram', title: 'RAM', kind: 'number' },
  { id: 'check', title: 'Pre-flight', kind: 'prose' },
];

type Show = 'all' | 'flagged';

const isFlagged = ({ verdict }: ReviewedMove): boolean => verdict === 'warning' || verdict === 'would-fail';

/** Every move and its verdict. Moves can be left out or given another destination. */
export function MovesTable({ moves, hosts, variant, onChange }: Props) {
  const [show, setShow] = useState<Show>('all');
  const flagged = moves.filter(isFlagged);
  const rows = show === 'all' ? moves : flagged;
  const shown = useShown(rows.length, FIRST_ROWS, show);
  return (
    <Panel
      title="Moves"
      note="In execution order. Untick a move or choose another destination."
      controls={
        <Segmented
          label="Which moves"
          value={show}
          options={[
            { value: 'all', label: 'All', count: formatCount(moves.length) },
            { value: 'flagged', label: 'Flagged', count: formatCount(flagged.length) },
          ]}
          onChange={setShow}
        />
      }
      long
    >
      <ScrollTable label="Moves of the plan" columns={COLUMNS}>
        {rows.slice(0, shown.count).map((move) => (
          <Row key={move.key} move={move} hosts={hosts} variant={variant} onChange={onChange} />
        ))}
      </ScrollTable>
      {rows.length === 0 ? <PanelEmpty>No move is flagged.</PanelEmpty> : null}
      <ShowMore shown={shown} />
    </Panel>
  );
}

type RowProps = { move: ReviewedMove } & Omit<Props, 'moves'>;

function Row({ move, hosts, variant, onChange }: RowProps) {
  const isAdded = move.change === 'added';
  const isOpen = !isAdded && move.state === 'PENDING';
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
  const [whyCpu, whyRam] = [whyEstimated(move.cores_estimate), whyEstimated(move.ram_estimate)];
  return (
    <tr className={move.change === 'left-out' ? styles.leftOut : undefined}>
      <td>
        {isOpen ? (
          <input
            type="checkbox"
            className={styles.check}
            aria-label={`Run the move of ${move.vm_name}`}
            checked={move.change !== 'left-out'}
            onChange={toggle}
          />
        ) : isAdded ? (
          <Quiet>added</Quiet>
        ) : null}
      </td>
      <td data-kind="number">{formatCount(move.wave + 1)}</td>
      <td>
        <Name>{move.vm_name}</Name>
        <br />
        <Quiet>{move.flavor}</Quiet>
      </td>
      <td>
        <DestinationCell move={move} hosts={hosts} onSend={isOpen ? send : null} />
      </td>
      <td>{move.live ? 'live' : 'cold'}</td>
      <td data-kind="number" title={[describePoints(move), whyCpu].filter(Boolean).join('. ')}>
        {whyCpu === null ? '' : '≈'}
        {pointsOfMove(move)}
      </td>
      <td data-kind="number" title={whyRam ?? undefined}>
        {whyRam === null ? '' : '≈'}
        {formatBytes(move.ram_used)}
      </td>
      <td data-kind="prose">
        <Verdict move={move} />
      </td>
    </tr>
  );
}

function Verdict({ move }: { move: ReviewedMove }) {
  if (move.verdict === null) {
    const { tone, word } = stateLook(move);
    return (
      <>
        <Tag tone={tone}>{word}</Tag>
        <ReasonList message={move.status_message} reasons={[]} />
      </>
    );
  }
  const { tone, icon, word } = VERDICT_LOOK[move.verdict];
  return (
    <>
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <ReasonList message={move.status_message} reasons={move.reasons}>
        {move.unchecked.length === 0 ? undefined : move.destination === null ? (
          'Nova chooses the destination.'
        ) : (
          <>
            <Icon name="waiting" size={12} /> Not checked: {move.unchecked.map((check) => CHECKS[check]).join(', ')}
          </>
        )}
      </ReasonList>
    </>
  );
}
