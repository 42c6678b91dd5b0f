'use client';

import Link from 'next/link';
import { memo } from 'react';
import type { Row } from '@/components/moves/filters';
import { AS } from '@/components/moves/roles';
import type { Migration } from '@/lib/contract/v1/audits';
import { formatBytes, formatCount, MISSING } from '@/lib/format';
import { Icon } from '../../ui/icon';
import { Tag } from '../../ui/tag';
import { impactPoints, moveState, problemOf } from '../words';
import styles from './migrations.module.css';

/** Columns that are there only where they tell rows apart. */
export type Optional = { wave: boolean; state: boolean };

type Props = {
  row: Row;
  optional: Optional;
  /** Place in the whole table, where only a part of it is made. */
  index: number | undefined;
};

export const MigrationRow = memo(function MigrationRow({ row: { order, move }, optional, index }: Props) {
  const problem = problemOf(move);
  return (
    <tr {...AS.row} aria-rowindex={index}>
      <td {...AS.cell} data-kind="number" data-column="order" aria-colindex={1}>
        {formatCount(order)}
      </td>
      <td {...AS.cell} data-column="instance" aria-colindex={2}>
        <span className={styles.instance}>
          <span className={styles.name} title={move.instance_name}>
            {move.instance_name}
          </span>
          {problem === null ? null : (
            <Tag tone="warn" icon="warn" title="Not, or not fully, in the projection">
              {problem}
            </Tag>
          )}
        </span>
      </td>
      <td {...AS.cell} data-column="path" aria-colindex={3}>
        <span className={styles.path}>
          <Host name={move.source} />
          <span className={styles.arrow}>
            <Icon name="arrow" size={14} />
            <span className="visually-hidden"> to </span>
          </span>
          {move.destination === null ? (
            <span className={styles.chosen}>scheduler’s choice</span>
          ) : (
            <Host name={move.destination} />
          )}
        </span>
      </td>
      <td {...AS.cell} data-column="flavor" aria-colindex={4}>
        <span className={styles.name} title={move.flavor ?? 'Its flavor is not known'}>
          {move.flavor ?? MISSING}
        </span>
      </td>
      <td {...AS.cell} data-kind="number" data-column="vcpus" aria-colindex={5}>
        {formatCount(move.vcpus)}
      </td>
      <td {...AS.cell} data-kind="number" data-column="ram" aria-colindex={6}>
        {formatBytes(move.ram)}
      </td>
      <td {...AS.cell} data-column="impact" aria-colindex={7}>
        <Impact move={move} />
      </td>
      {optional.wave ? (
        <td {...AS.cell} data-kind="number" data-column="wave" aria-colindex={8}>
          {formatCount(move.wave + 1)}
        </td>
      ) : null}
      {optional.state ? (
        <td {...AS.cell} data-column="state" aria-colindex={optional.wave ? 9 : 8}>
          <span title={move.state}>{moveState(move.state)}</span>
          {move.migration_type === 'live' ? null : <span className={styles.type}>, {move.migration_type}</span>}
        </td>
      ) : null}
    </tr>
  );
});

function Host({ name }: { name: string }) {
  if (name === '') return <span className={styles.chosen}>{MISSING}</span>;
  return (
    <Link className={styles.host} href={`/hosts/${encodeURIComponent(name)}`} title={name} prefetch={false}>
      {name}
    </Link>
  );
}

const STEPS: Record<string, number> = { Low: 1, Medium: 2, High: 3 };

/** Three steps beside the word; the points are in the tooltip and, with what they stand on, for screen readers. */
function Impact({ move }: { move: Migration }) {
  const { impact, cpu_basis: basis } = move;
  if (impact === null) return <span title="The load of the VM or of its hosts is not known">{MISSING} not known</span>;
  const steps = STEPS[impact] ?? 0;
  const points = `${impactPoints(move) ?? MISSING}${basis === 'estimated' ? ', estimated' : ''}`;
  return (
    <span className={styles.impact} title={`${points} of a host’s CPU`}>
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
      <span className={styles.points}>
        {basis === 'estimated' ? '≈' : ''}
        {impactPoints(move)}
      </span>
    </span>
  );
}
