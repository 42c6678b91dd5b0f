import type { Trim } from '@/lib/contract/v1/trim';
import { formatChange, formatCount, formatNames, formatPercent, MISSING } from '@/lib/format';
import { ROLES } from '../ui/table';
import { Quiet } from '../ui/values';
import type { Worth } from './ordered-moves';
import styles from './worth-cells.module.css';

type Props = { by: Trim['by']; worth: Worth | null };

/** What a move brings, and what all moves up to it bring. */
export function WorthCells({ by, worth }: Props) {
  const own = worth?.isFirst ? worth : null;
  switch (by) {
    case 'spread':
      return (
        <>
          <td {...ROLES.cell} data-kind="number" data-label="brings">
            {own === null ? MISSING : formatChange(own.brings === null ? null : -own.brings)}
          </td>
          <td {...ROLES.cell} data-hide="phone">
            <svg className={styles.bar} aria-hidden="true">
              <rect className={styles.track} width="100%" height="6" rx="3" />
              <rect className={styles.fill} width={`${(own?.part ?? 0).toFixed(1)}%`} height="6" rx="3" />
            </svg>
          </td>
          <td {...ROLES.cell} data-kind="number" data-label="total">
            {own === null ? MISSING : formatPercent(own.total, 0)}
          </td>
        </>
      );
    case 'emptied-hosts':
      return (
        <td {...ROLES.cell}>
          {own !== null && own.emptied.length > 0 ? `${formatNames(own.emptied)} is empty` : null}
        </td>
      );
    case 'nothing':
      return null;
  }
}

/** "needs rank 3": the moves without which this one would fail. */
export function Needs({ worth }: Pick<Props, 'worth'>) {
  if (!worth?.isFirst || worth.needs.length === 0) return null;
  return (
    <>
      {' '}
      <Quiet title="It would fail without the moves of these ranks, so they are ticked and unticked together.">
        needs rank {worth.needs.map((place) => formatCount(place)).join(', ')}
      </Quiet>
    </>
  );
}
