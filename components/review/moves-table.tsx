'use client';

import { Fragment, useMemo, useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import type { Scene } from '@/lib/contract/v1/scene';
import type { Trim } from '@/lib/contract/v1/trim';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { levelOf } from '@/lib/domain/cluster/levels';
import { nameAnyway } from '@/lib/domain/review/keep-marked';
import { cutOf, type Trimmed } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import { formatCount } from '@/lib/format';
import { Button } from '../ui/button';
import { Panel, PanelEmpty, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { TextField } from '../ui/text-field';
import { AnywayDialog } from './anyway-dialog';
import { MoveRow } from './move-row';
import styles from './moves-table.module.css';
import type { OrderedMove } from './ordered-moves';
import { canTick, searchMoves, tick } from './ticks';
import { cutWords } from './trim-words';

type Props = {
  rows: OrderedMove[];
  given: Trimmed;
  hosts: string[];
  variant: Variant;
  onChange: (next: Variant) => void;
  /** Skips an action for good; undefined where that is not possible. */
  onSkip?: (action: string, what: string) => void;
  /** undefined while it is not known. */
  permission: Permission | undefined;
};

const FIRST_ROWS = 25;

const RUN: Column = { id: 'run', title: 'Run' };
const MOVE: Column[] = [
  { id: 'vm', title: 'VM' },
  { id: 'path', title: 'Source → destination' },
  { id: 'impact', title: 'Impact', kind: 'number' },
];
const WORTH: Record<Trim['by'], Column[]> = {
  spread: [
    { id: 'brings', title: 'Brings, pts', kind: 'number' },
    { id: 'part', title: <span className="visually-hidden">Of the most</span> },
    { id: 'total', title: 'Running total', kind: 'number' },
  ],
  'emptied-hosts': [{ id: 'brings', title: 'Brings' }],
  nothing: [],
};
const CHECK: Column[] = [
  { id: 'copy', title: 'To copy', kind: 'number' },
  { id: 'check', title: 'Pre-flight', kind: 'prose' },
];

const NOTES: Record<Trim['by'], string> = {
  spread: 'The moves that lower the spread most come first. Untick a move or choose another destination.',
  'emptied-hosts':
    'The hosts that are empty after the fewest moves come first. Untick a move or choose another destination.',
  nothing: 'In execution order. Untick a move or choose another destination.',
};

type Show = 'all' | 'flagged' | 'hot';

const isFlagged = ({ move: { verdict, must_not_move: grounds } }: OrderedMove): boolean =>
  verdict === 'warning' || verdict === 'would-fail' || grounds !== undefined;

const NOTHING: Record<Show, string> = {
  all: 'The plan moves no VM.',
  flagged: 'No move is flagged.',
  hot: 'No move leaves a hot host.',
};

const hotHosts = ({ hosts, limits }: Scene): Set<string> =>
  new Set(
    hosts.flatMap(({ name, cpu_used: used, cpu_total: total }) =>
      used !== null && total !== null && total > 0 && levelOf((100 * used) / total, limits.cpu) === 'hot' ? [name] : [],
    ),
  );

/** Every move and its verdict, most worth first. Moves can be left out or given another destination. */
export function MovesTable({ rows: all, given, hosts, variant, onChange, onSkip, permission }: Props) {
  const { trim } = given;
  const [show, setShow] = useState<Show>('all');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<ReviewedMove | null>(null);
  const flagged = all.filter(isFlagged);
  const hot = useMemo(() => hotHosts(given.scene), [given.scene]);
  const fromHot = all.filter(({ move: { source } }) => source !== null && hot.has(source));
  const rows = searchMoves({ all, flagged, hot: fromHot }[show], text);
  const cut = cutOf(trim, variant);
  const below = trim.reason === null ? rows.findIndex(({ worth }) => worth !== null && worth.place > cut) : -1;
  const shown = useShown(rows.length, FIRST_ROWS, { subject: `${show} ${text}`, around: Math.max(0, below) });
  const columns = [RUN, ...MOVE, ...WORTH[trim.by], ...CHECK];
  return (
    <Panel
      title="Moves"
      note={NOTES[trim.by]}
      controls={
        <Segmented
          label="Which moves"
          value={show}
          options={[
            { value: 'all', label: 'All', count: formatCount(all.length) },
            { value: 'flagged', label: 'Flagged', count: formatCount(flagged.length) },
            { value: 'hot', label: 'Off hot hosts', count: formatCount(fromHot.length) },
          ]}
          onChange={setShow}
        />
      }
      long
    >
      {all.length === 0 ? null : (
        <PanelTools
          label="Choose moves"
          aside={<TickAll rows={rows} given={given} variant={variant} onChange={onChange} />}
        >
          <TextField label="Search moves" value={text} placeholder="VM, host or flavor" onChange={setText} />
        </PanelTools>
      )}
      <ScrollTable label="Moves of the plan" columns={columns} layout="cards">
        {rows.slice(shown.from, shown.from + shown.count).map((row, at) => (
          <Fragment key={row.move.key}>
            {shown.from + at === below ? (
              <tr {...ROLES.row} className={styles.cut}>
                <td {...ROLES.cell} colSpan={columns.length}>
                  <span>{cutWords(trim, cut)}</span>
                </td>
              </tr>
            ) : null}
            <MoveRow
              row={row}
              given={given}
              hosts={hosts}
              variant={variant}
              onChange={onChange}
              onSkip={onSkip}
              onAnyway={setAsked}
              permission={permission}
            />
          </Fragment>
        ))}
      </ScrollTable>
      {rows.length === 0 ? (
        <PanelEmpty>{text === '' ? NOTHING[show] : 'No move matches the search.'}</PanelEmpty>
      ) : null}
      <ShowMore shown={shown} />
      <AnywayDialog
        move={asked}
        onClose={() => setAsked(null)}
        onMove={() => {
          if (asked !== null) onChange(nameAnyway(given.scene, variant, { vmId: asked.vm_id, run: true }));
          setAsked(null);
        }}
      />
    </Panel>
  );
}

type TickProps = Pick<Props, 'rows' | 'given' | 'variant' | 'onChange'>;

/** Ticks or unticks all moves that the search and the selected hosts leave, whether or not their rows are rendered. */
function TickAll({ rows, given, variant, onChange }: TickProps) {
  const open = rows.map(({ move }) => move).filter(canTick);
  if (open.length === 0) return null;
  const left = open.filter(({ change, must_not_move: grounds }) => change === 'left-out' && !grounds).length;
  const runs = open.some(({ change }) => change !== 'left-out');
  return (
    <>
      <Button disabled={left === 0} onClick={() => onChange(tick(given, variant, { moves: open, run: true }))}>
        Tick all {formatCount(open.filter(({ must_not_move: grounds }) => !grounds).length)}
      </Button>{' '}
      <Button disabled={!runs} onClick={() => onChange(tick(given, variant, { moves: open, run: false }))}>
        Untick all
      </Button>
    </>
  );
}
