'use client';

import { useState } from 'react';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { Variant } from '@/lib/domain/review/variant';
import { formatCount } from '@/lib/format';
import { Button } from '../ui/button';
import { Panel, PanelEmpty, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { TextField } from '../ui/text-field';
import { MoveRow } from './move-row';
import { canTick, searchMoves, tick } from './ticks';

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
  const [text, setText] = useState('');
  const flagged = moves.filter(isFlagged);
  const rows = searchMoves(show === 'all' ? moves : flagged, text);
  const shown = useShown(rows.length, FIRST_ROWS, `${show} ${text}`);
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
      {moves.length === 0 ? null : (
        <PanelTools label="Choose moves" aside={<TickAll rows={rows} variant={variant} onChange={onChange} />}>
          <TextField label="Search moves" value={text} placeholder="VM, host or flavor" onChange={setText} />
        </PanelTools>
      )}
      <ScrollTable label="Moves of the plan" columns={COLUMNS}>
        {rows.slice(0, shown.count).map((move) => (
          <MoveRow key={move.key} move={move} hosts={hosts} variant={variant} onChange={onChange} />
        ))}
      </ScrollTable>
      {rows.length === 0 ? (
        <PanelEmpty>{text === '' ? 'No move is flagged.' : 'No move matches the search.'}</PanelEmpty>
      ) : null}
      <ShowMore shown={shown} />
    </Panel>
  );
}

type TickProps = { rows: ReviewedMove[] } & Pick<Props, 'variant' | 'onChange'>;

/** Ticks or unticks all moves that the search and the selected hosts leave, whether or not their rows are rendered. */
function TickAll({ rows, variant, onChange }: TickProps) {
  const open = rows.filter(canTick);
  if (open.length === 0) return null;
  const left = open.filter(({ change }) => change === 'left-out').length;
  return (
    <>
      <Button disabled={left === 0} onClick={() => onChange(tick(variant, open, true))}>
        Tick all {formatCount(open.length)}
      </Button>{' '}
      <Button disabled={left === open.length} onClick={() => onChange(tick(variant, open, false))}>
        Untick all
      </Button>
    </>
  );
}
