'use client';

import { Fragment, type ReactNode, useState } from 'react';
import type { Run } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatAge, formatCount } from '@/lib/format';
import { Button } from '../ui/button';
import { Panel, PanelEmpty } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { partsOf, sectionsOf } from './move-sections';
import { RunMoveRow } from './run-move-row';
import styles from './run-moves.module.css';
import { OtherActions } from './run-others';

const COLUMNS: Column[] = [
  { id: 'vm', title: 'VM' },
  { id: 'path', title: 'Source → destination' },
  { id: 'bytes', title: 'Memory copied', kind: 'bar' },
  { id: 'state', title: 'State' },
  { id: 'left', title: 'Left', kind: 'number' },
];

type Props = {
  run: Run;
  now: number;
  /** What can be done about one move, such as aborting it. */
  act?: (move: RunMove) => ReactNode;
};

/** Every move as Watcher and Nova have it. Long parts that have ended or wait are folded, with their number. */
export function RunMoves({ run, now, act }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { moves, others, nova } = run;
  const heard = nova.as_of === null ? null : `Bytes as Nova counts them, ${formatAge(now - nova.as_of)} ago`;
  return (
    <Panel title="Moves" note={moves.length === 0 ? null : heard} long>
      {moves.length === 0 ? (
        <PanelEmpty>This plan moves no VM.</PanelEmpty>
      ) : (
        <ScrollTable label="How each move stands" columns={COLUMNS} layout="stacked">
          {sectionsOf(run).map((section) => (
            <Fragment key={section.id}>
              {section.title === null ? null : (
                <tr {...ROLES.row} className={styles.section}>
                  <th {...ROLES.cell} colSpan={COLUMNS.length} scope="rowgroup">
                    {section.title} <span className={styles.note}>{section.note}</span>
                  </th>
                </tr>
              )}
              {partsOf(section, moves.length).map(({ id, moves: own, shown, rest }) => (
                <Fragment key={id}>
                  {(open.has(id) ? own : own.slice(0, shown)).map((move) => (
                    <RunMoveRow key={move.action_id} move={move} now={now} act={act} />
                  ))}
                  {own.length <= shown ? null : (
                    <tr {...ROLES.row} className={styles.fold}>
                      <td {...ROLES.cell} colSpan={COLUMNS.length}>
                        <Button
                          look="ghost"
                          icon={open.has(id) ? 'up' : 'down'}
                          aria-expanded={open.has(id)}
                          onClick={() => setOpen(toggled(open, id))}
                        >
                          {open.has(id) ? `Show fewer ${rest}` : `${formatCount(own.length - shown)} more ${rest}`}
                        </Button>
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </Fragment>
          ))}
        </ScrollTable>
      )}
      {others.length === 0 ? null : <OtherActions actions={others} />}
    </Panel>
  );
}

function toggled(open: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  return next;
}
