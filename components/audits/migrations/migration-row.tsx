'use client';

import { memo, type ReactNode } from 'react';
import { hostAddress } from '@/components/figures/addresses';
import { ProjectName } from '@/components/figures/project-name';
import type { Row, SortKey } from '@/components/moves/filters';
import {
  describePoints,
  moveState,
  pointsOfMove,
  problemOf,
  remarkOf,
  SCHEDULER_CHOOSES,
  whyEstimated,
} from '@/components/moves/words';
import type { Migration } from '@/lib/contract/v1/audits';
import { formatBytes, formatCount, MISSING } from '@/lib/format';
import { Icon } from '../../ui/icon';
import { type Column, ROLES } from '../../ui/table';
import { Tag } from '../../ui/tag';
import { Name, NameLink, Quiet } from '../../ui/values';
import styles from './migration-row.module.css';

type Props = {
  row: Row;
  columns: Column<SortKey>[];
  /** Position in the whole table, if only a part of it is rendered. */
  index: number | undefined;
};

export const MigrationRow = memo(function MigrationRow({ row, columns, index }: Props) {
  return (
    <tr {...ROLES.row} aria-rowindex={index}>
      {columns.map(({ id, kind }, at) => (
        <td {...ROLES.cell} key={id} data-kind={kind} data-phone={ON_PHONES[id]} aria-colindex={at + 1}>
          {CELLS[id](row)}
        </td>
      ))}
    </tr>
  );
});

/** Three lines: VM and impact; source and destination; flavor and state. */
const ON_PHONES: Partial<Record<SortKey, 'hidden' | 'second' | 'third'>> = {
  order: 'hidden',
  source: 'second',
  flavor: 'third',
  state: 'third',
  vcpus: 'hidden',
  ram: 'hidden',
  wave: 'hidden',
};

const CELLS: Record<SortKey, (row: Row) => ReactNode> = {
  order: ({ order }) => <Quiet>{formatCount(order)}</Quiet>,
  instance: ({ move }) => <Instance move={move} />,
  source: ({ move }) => <Path move={move} />,
  flavor: ({ move: { flavor } }) => (flavor === null ? MISSING : <Name>{flavor}</Name>),
  vcpus: ({ move }) => formatCount(move.vcpus),
  ram: ({ move }) => formatBytes(move.ram),
  impact: ({ move }) => <Impact move={move} />,
  wave: ({ move }) => formatCount(move.wave),
  state: ({ move }) => <State move={move} />,
};

function State({ move }: { move: Migration }) {
  const remark = remarkOf(move);
  return (
    <>
      <span title={move.state}>{moveState(move)}</span>
      {move.migration_type === 'live' ? null : <Quiet>, {move.migration_type}</Quiet>}
      {remark === null ? null : (
        <span className={styles.reason} title={remark}>
          {remark}
        </span>
      )}
    </>
  );
}

function Instance({ move }: { move: Migration }) {
  const problem = problemOf(move);
  return (
    <span className={styles.parts}>
      <Name>{move.vm_name}</Name>
      {move.project_id === null ? null : (
        <Quiet>
          <ProjectName project={move} />
        </Quiet>
      )}
      {problem === null ? null : (
        <Tag tone="warn" icon="warn" title="Not fully part of the projection">
          {problem}
        </Tag>
      )}
    </span>
  );
}

function Path({ move: { source, destination } }: { move: Migration }) {
  return (
    <span className={styles.parts}>
      {source === '' ? <Quiet>{MISSING}</Quiet> : <NameLink href={hostAddress(source)}>{source}</NameLink>}
      <span className={styles.arrow}>
        <Icon name="arrow" size={14} />
        <span className="visually-hidden"> to </span>
      </span>
      {destination === null ? (
        <Quiet>{SCHEDULER_CHOOSES}</Quiet>
      ) : (
        <NameLink href={hostAddress(destination)}>{destination}</NameLink>
      )}
    </span>
  );
}

const STEPS: Record<string, number> = { Low: 1, Medium: 2, High: 3 };

/** Bars, the word and the points; no bars for any other word. */
function Impact({ move }: { move: Migration }) {
  const { impact, cpu_estimate: estimate } = move;
  if (impact === null) return <span title="The load of the VM or of its hosts is unknown">{MISSING} unknown</span>;
  const steps = STEPS[impact] ?? 0;
  const why = whyEstimated(estimate);
  return (
    <span className={styles.impact} title={[describePoints(move), why].filter(Boolean).join('. ')}>
      {steps === 0 ? null : (
        <svg className={styles.steps} width="16" height="11" aria-hidden="true">
          {[1, 2, 3].map((step) => (
            <rect
              key={step}
              data-on={step <= steps || undefined}
              x={(step - 1) * 6}
              y={11 - (2 + step * 3)}
              width="4"
              height={2 + step * 3}
              rx="1"
            />
          ))}
        </svg>
      )}
      {impact}
      <span className={styles.points} data-hide="phone">
        {why === null ? '' : '≈'}
        {pointsOfMove(move)}
      </span>
    </span>
  );
}
