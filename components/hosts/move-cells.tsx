import type { Permission } from '@/lib/contract/v1/acts';
import type { HostServer } from '@/lib/contract/v1/hosts';
import type { MoveHistory, VmMoves } from '@/lib/contract/v1/vm-moves';
import { formatCount } from '@/lib/format';
import { MarkVm } from '../acts/mark-vm';
import { movedInWords } from '../moves/moved-words';
import { Tag } from '../ui/tag';
import { Unknown } from '../ui/values';

/** How often a VM has moved, and whether it may. */

export function MovesCell({ moves, history }: { moves: VmMoves | null; history: MoveHistory }) {
  if (moves === null) return <Unknown reason={history.reason ?? 'Its moves are unknown.'} />;
  const words = movedInWords(moves, history) ?? 'not moved in 7 days';
  return (
    <span title={[words, moves.too_often, history.reason].filter(Boolean).join('. ')}>
      {formatCount(moves.in_7_days)} {moves.too_often === null ? null : <Tag tone="warn">too often</Tag>}
    </span>
  );
}

type MayProps = {
  server: Pick<HostServer, 'id' | 'name' | 'must_not_move'>;
  /** undefined while it is not known. */
  permission: Permission | undefined;
};

export function MayMove({ server: { id, name, must_not_move: grounds }, permission }: MayProps) {
  const why = grounds.map(({ text }) => text).join('; ');
  return (
    <>
      {grounds.length === 0 ? null : (
        <Tag tone="warn" title={why}>
          must not: {grounds[0]?.text}
        </Tag>
      )}{' '}
      <MarkVm id={id} name={name} grounds={grounds} permission={permission} />
    </>
  );
}
