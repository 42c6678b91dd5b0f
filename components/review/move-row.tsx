'use client';

import type { Permission } from '@/lib/contract/v1/acts';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { nameAnyway } from '@/lib/domain/review/keep-marked';
import { projectInScene } from '@/lib/domain/review/scene-projects';
import type { Trimmed } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import { formatBytes, formatCount } from '@/lib/format';
import { MarkVm } from '../acts/mark-vm';
import { projectPart } from '../figures/project-words';
import { VERDICT_LOOK } from '../figures/verdicts';
import { MustNotMove } from '../moves/must-not-move';
import { describePoints, pointsOfMove, remarkOf, whyEstimated } from '../moves/words';
import { Icon } from '../ui/icon';
import { ROLES } from '../ui/table';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';
import { DestinationCell } from './destination-cell';
import styles from './move-row.module.css';
import type { OrderedMove } from './ordered-moves';
import { ReasonList } from './reason-list';
import { SkipButton } from './skip-button';
import { canTick, tick } from './ticks';
import { CHECKS, stateLook } from './words';
import { Needs, WorthCells } from './worth-cells';

type Props = {
  row: OrderedMove;
  given: Trimmed;
  hosts: string[];
  variant: Variant;
  onChange: (next: Variant) => void;
  onSkip?: (action: string, what: string) => void;
  /** A VM that must not move was ticked. */
  onAnyway: (move: ReviewedMove) => void;
  /** undefined while it is not known. */
  permission: Permission | undefined;
};

/** A move, whether it runs, and what speaks against it. */
export function MoveRow({ row, given, hosts, variant, onChange, onSkip, onAnyway, permission }: Props) {
  const { move, worth, ramToCopy, projectId, moved } = row;
  const project = projectId === null ? null : projectPart(projectInScene(given.scene.projects, projectId));
  const isAdded = move.action_id === null;
  const isRunning = move.change !== 'left-out';
  const number = Number(move.key);
  function send(host: string | null) {
    const to = new Map(variant.to);
    if (host === null) to.delete(number);
    else to.set(number, host);
    onChange({ ...variant, to });
  }
  function toggle() {
    if (move.must_not_move && !isRunning) onAnyway(move);
    else if (move.must_not_move) onChange(nameAnyway(given.scene, variant, { vmId: move.vm_id, run: false }));
    else onChange(tick(given, variant, { moves: [move], run: !isRunning }));
  }
  const whyCpu = whyEstimated(move.cores_estimate);
  return (
    <tr {...ROLES.row} className={isRunning ? undefined : styles.leftOut}>
      <td {...ROLES.cell} className={styles.run}>
        {canTick(move) ? (
          <label className={styles.tick}>
            <input
              type="checkbox"
              className={styles.check}
              aria-label={`Run the move of ${move.vm_name}`}
              checked={isRunning}
              onChange={toggle}
            />
          </label>
        ) : null}{' '}
        {/* Exports and `off` count moves in execution order: a bare number here would be taken for theirs. */}
        <Quiet>{isAdded ? 'added' : worth === null ? null : `rank ${formatCount(worth.place)}`}</Quiet>
      </td>
      <td {...ROLES.cell} className={styles.vm}>
        <Name>{move.vm_name}</Name>
        {move.vm_id === '' ? null : (
          <MarkVm id={move.vm_id} name={move.vm_name} grounds={move.must_not_move} permission={permission} />
        )}
        <Needs worth={worth} />
        <br />
        <Quiet>
          <strong>
            {isAdded ? '' : `move ${formatCount(number)} `}in wave {formatCount(move.wave)}
          </strong>
          , {[project, move.flavor, move.live ? 'live' : 'cold', moved].filter(Boolean).join(', ')}
        </Quiet>
      </td>
      <td {...ROLES.cell} data-card="full">
        {isAdded && !isRunning ? (
          <>
            stays on <Name>{move.source ?? 'no host'}</Name>
          </>
        ) : (
          <DestinationCell move={move} hosts={hosts} onSend={!isAdded && canTick(move) ? send : null} />
        )}
      </td>
      <td
        {...ROLES.cell}
        data-kind="number"
        data-label="CPU"
        title={[describePoints(move), whyCpu].filter(Boolean).join('. ')}
      >
        {whyCpu === null ? '' : '≈'}
        {pointsOfMove(move)}
      </td>
      <WorthCells by={given.trim.by} worth={worth} />
      <td
        {...ROLES.cell}
        data-kind="number"
        data-label="to copy"
        title={move.live ? undefined : 'A cold migration copies disks, not RAM.'}
      >
        {formatBytes(ramToCopy)}
      </td>
      <td {...ROLES.cell} data-kind="prose" data-card="full" className={styles.verdict}>
        <Verdict move={move} /> {move.must_not_move ? <MustNotMove grounds={move.must_not_move} /> : null}{' '}
        {onSkip && !isRunning && move.action_id !== null && canTick(move) ? (
          <SkipButton action={move.action_id} what={`the move of ${move.vm_name}`} onSkip={onSkip} />
        ) : null}
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
        <ReasonList message={remarkOf(move)} reasons={[]} />
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
